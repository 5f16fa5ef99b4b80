"""The colours of the three themes under the token names of DESIGN.md, and the fixed ones that lie on images."""

from __future__ import annotations

from collections.abc import Mapping

GROUND, PANEL, RAISED, LINE = "ground", "panel", "raised", "line"
# Boundary of a control one can press or type in: 3:1 against the ground (WCAG 2.2, 1.4.11); LINE is for hairlines.
CONTROL_LINE = "control_line"
SELECTED = "selected"
TEXT, TEXT_2, TEXT_OFF = "text", "text_2", "text_off"
ACCENT = "accent"
POSITIVE, UNCERTAIN, NEGATIVE = "positive", "uncertain", "negative"
WARNING, STOP = "warning", "stop"
INPUT_IMAGE, INPUT_NOTE, INPUT_VITALS, INPUT_AUDIO = "input_image", "input_note", "input_vitals", "input_audio"
# The three linked planes: vermilion, bluish green and yellow are told apart with any colour vision.
PLANE_AXIAL, PLANE_CORONAL, PLANE_SAGITTAL = "plane_axial", "plane_coronal", "plane_sagittal"

Table = Mapping[str, str]

DARK: Table = {
    GROUND: "#0E1012", PANEL: "#15181B", RAISED: "#1D2125", LINE: "#2A3036", CONTROL_LINE: "#6B757F",
    SELECTED: "#2A3036", TEXT: "#E8EAED", TEXT_2: "#A3ABB3", TEXT_OFF: "#626B74", ACCENT: "#5CB8FF",
    POSITIVE: "#FFB454", UNCERTAIN: "#BBA7F5", NEGATIVE: "#7FB7A6", WARNING: "#F2C94C", STOP: "#FF6B6B",
    INPUT_IMAGE: "#5CB8FF", INPUT_NOTE: "#F28FB1", INPUT_VITALS: "#8BD17C", INPUT_AUDIO: "#D9A86C",
    PLANE_AXIAL: "#FF8F5E", PLANE_CORONAL: "#2FD4A7", PLANE_SAGITTAL: "#F4E04D",
}  # fmt: skip
LIGHT: Table = {
    GROUND: "#E9ECEF", PANEL: "#F6F7F8", RAISED: "#FFFFFF", LINE: "#CFD5DB", CONTROL_LINE: "#76808A",
    SELECTED: "#D3E5F7", TEXT: "#15191D", TEXT_2: "#49535D", TEXT_OFF: "#8B949D", ACCENT: "#0A5CAD",
    POSITIVE: "#8A4600", UNCERTAIN: "#5A3DB0", NEGATIVE: "#1D6351", WARNING: "#745000", STOP: "#B3201A",
    INPUT_IMAGE: "#0A5CAD", INPUT_NOTE: "#A0245B", INPUT_VITALS: "#2C671D", INPUT_AUDIO: "#78500F",
    PLANE_AXIAL: "#9C3A05", PLANE_CORONAL: "#0A6450", PLANE_SAGITTAL: "#665400",
}  # fmt: skip
# Text at least 7:1 (WCAG 2.2, 1.4.6), hairlines as strong as controls.
HIGH_CONTRAST: Table = {
    GROUND: "#000000", PANEL: "#000000", RAISED: "#101010", LINE: "#8A8A8A", CONTROL_LINE: "#FFFFFF",
    SELECTED: "#003C64", TEXT: "#FFFFFF", TEXT_2: "#E6E6E6", TEXT_OFF: "#9A9A9A", ACCENT: "#4FD2FF",
    POSITIVE: "#FFC14D", UNCERTAIN: "#D2C2FF", NEGATIVE: "#8CF0CF", WARNING: "#FFE45C", STOP: "#FF9A94",
    INPUT_IMAGE: "#4FD2FF", INPUT_NOTE: "#FFA8C8", INPUT_VITALS: "#A4EB95", INPUT_AUDIO: "#F0C48A",
    PLANE_AXIAL: "#FFAC85", PLANE_CORONAL: "#5CEBC4", PLANE_SAGITTAL: "#FFF07A",
}  # fmt: skip
THEMES: Mapping[str, Table] = {"dark": DARK, "light": LIGHT, "high_contrast": HIGH_CONTRAST}
# What is painted over a film: a radiograph is read on black whatever the window around it looks like.
ON_IMAGE: Mapping[str, Table] = {"dark": DARK, "light": DARK, "high_contrast": HIGH_CONTRAST}
# Lines of measurements on a film: told apart by readers of every colour vision (after Okabe and Ito), in this order.
MEASURES = ("#F0E442", "#56B4E9", "#FF9F40", "#2BD4A0", "#F29BC8", "#FFFFFF")
