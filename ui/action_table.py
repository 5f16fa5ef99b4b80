"""One table of everything a menu, a key or the toolbar can ask for."""

from __future__ import annotations

from ui.action_row import ActionRow
from ui.review_table import REVIEW_ROWS
from ui.trust_table import TRUST_ROWS

__all__ = ["TABLE", "TOOLBAR", "ActionRow"]

TABLE: tuple[ActionRow, ...] = (
    ActionRow("open_folder", "&File", "&Open patient folder...", "Ctrl+O", "Open a patient folder", "Open a folder"),
    ActionRow("open_files", "&File", "Open &files...", "Ctrl+Shift+O", "Open files or an archive of one patient"),
    ActionRow(
        "open_sample",
        "&File",
        "Open the &sample patient",
        "Ctrl+Shift+E",
        "Open the patient that ships with MedMM",
        "Open the sample patient",
    ),
    ActionRow(
        "score_folder",
        "&File",
        "S&core a folder of patients...",
        "Ctrl+B",
        "Score every patient folder below a folder, watch the rows fill, open any of them",
        "Score a folder",
    ),
    ActionRow(
        "worklist",
        "&File",
        "&Worklist...",
        "Ctrl+Shift+B",
        "The cases of a batch in the order in which to read them",
        "Worklist",
    ),
    ActionRow(
        "restore_session",
        "&File",
        "Open the &last session",
        "Ctrl+Shift+R",
        "Open the patients that were open when MedMM was closed",
        "Open the last session",
    ),
    ActionRow("export_pdf", "&File", "&Export report as PDF...", "Ctrl+E", "Write the report as a PDF", "Report"),
    ActionRow("close_patient", "&File", "&Close patient", "Ctrl+W", "Close the patient shown"),
    ActionRow("train", "&File", "Trai&n a model...", "", "Train a bundle from a configuration and watch its curves"),
    ActionRow("settings", "&File", "Se&ttings...", "Ctrl+,", "Theme, language, text size, keys and how work goes on"),
    ActionRow("quit", "&File", "&Quit", "Ctrl+Q", "Stop all work and quit"),
    ActionRow("score", "&Case", "&Score", "Ctrl+Return", "Score the patient shown", "Score"),
    ActionRow("cancel", "&Case", "C&ancel", "Esc", "Stop the work on the patient shown", "Cancel"),
    ActionRow("cancel_all", "&Case", "Cancel all &work", "Ctrl+Esc", "Stop all background work", "Cancel"),
    ActionRow("read_again", "&Case", "&Read again from disk", "F5", "Read the patient shown once more"),
    ActionRow(
        "import_report", "&Case", "&Import report...", "Ctrl+I", "Which files were read, which were skipped, why"
    ),
    ActionRow("header", "&Case", "DICOM &header...", "Ctrl+T", "Every element of the file shown, with search"),
    ActionRow("find_study", "&Case", "Find a s&tudy", "Ctrl+Shift+F", "Search the opened patients, studies and series"),
    ActionRow("documents", "&Case", "&Documents", "Ctrl+D", "Show the list of reports, PDF and presentation states"),
    ActionRow("find_note", "&Case", "&Find in the note", "Ctrl+F", "Find words in the clinical note"),
    ActionRow("find_next", "&Case", "Find ne&xt", "F3", "Next place of the words looked for in the note"),
    ActionRow("find_previous", "&Case", "Find pre&vious", "Shift+F3", "The place before in the note"),
    ActionRow(
        "next_patient", "&Case", "&Next patient", "N", "The next case of the worklist, else the next opened patient"
    ),
    ActionRow(
        "previous_patient",
        "&Case",
        "&Previous patient",
        "Shift+N",
        "Back on the worklist, else the previous opened patient",
    ),
    ActionRow(
        "restart_engine", "&Case", "Start the &engine again", "Ctrl+F5", "Start a fresh engine process", "Start again"
    ),
    *TRUST_ROWS,
    *REVIEW_ROWS,
    ActionRow(
        "window",
        "&View",
        "&Window / level",
        "W",
        "Drag on the image to change window width and level",
        "W/L",
        "tool",
        True,
    ),
    ActionRow("pan", "&View", "&Pan", "P", "Drag to move the image", "Pan", "tool", True),
    ActionRow("zoom", "&View", "&Zoom", "Z", "Drag to magnify the image", "Zoom", "tool", True),
    ActionRow("scroll", "&View", "&Scroll slices", "S", "Drag to go through the slices", "Scroll", "tool", True),
    ActionRow("invert", "&View", "&Invert", "I", "Swap black and white", "Invert"),
    ActionRow("flip_horizontal", "&View", "Flip &horizontally", "H", "Swap left and right; the letters follow"),
    ActionRow("flip_vertical", "&View", "Flip &vertically", "V", "Swap top and bottom; the letters follow"),
    ActionRow("rotate", "&View", "&Rotate by a quarter", "R", "Turn the image clockwise"),
    ActionRow("fit", "&View", "&Fit to the view", "=", "Show the whole image", "Fit"),
    ActionRow("reset", "&View", "Rese&t the view", "Ctrl+0", "Back to how the image was first shown", "Reset"),
    ActionRow("corner_text", "&View", "&Corner text", "O", "All, minimal or no text over the image"),
    ActionRow(
        "auto_window",
        "&View",
        "&Auto window",
        "Shift+W",
        "Window from the 0.5 to the 99.5 percentile of the slice shown",
    ),
    ActionRow("window_presets", "&View", "Window pr&esets...", "", "Change the window presets and their digits"),
    ActionRow("graphics", "&View", "&Graphics of the file", "G", "Show or hide overlays and annotations of the file"),
    ActionRow(
        "presentations",
        "&View",
        "Presentation s&tates...",
        "Ctrl+P",
        "Show the image as somebody left it: windows, turns and drawings of a presentation state",
    ),
    ActionRow("shutter", "&View", "Sh&utter of the file", "Shift+G", "Hide or show what lies outside the shutter"),
    ActionRow(
        "overlay",
        "&View",
        "&Overlay of the selected finding",
        "Ctrl+Space",
        "Keep the map of the selected finding on; hold Space to see it for a moment",
        "Overlay",
        "",
        True,
    ),
    ActionRow("key_image", "&View", "&Key image", "K", "Mark the slice shown as a key image, or not", "Key", "", True),
    ActionRow("next_key_image", "&View", "Next ke&y image", "Shift+K", "Show the next key image of this patient"),
    ActionRow("full_screen", "&View", "F&ull screen", "F11", "The window on the whole screen", "", "", True),
    ActionRow("undo", "&Measure", "&Undo", "Ctrl+Z", "Take back the last measurement, key image or verdict", "Undo"),
    ActionRow("redo", "&Measure", "&Redo", "Ctrl+Y", "Do again what was taken back", "Redo"),
    ActionRow(
        "length", "&Measure", "&Length", "L", "Measure a distance: drag, or click both ends", "Length", "tool", True
    ),
    ActionRow(
        "angle", "&Measure", "&Angle", "A", "Measure an angle: an end, the vertex, the other end", "Angle", "tool", True
    ),
    ActionRow("cobb", "&Measure", "&Cobb angle", "Shift+A", "Measure the angle of two lines", "Cobb", "tool", True),
    ActionRow("ellipse", "&Measure", "&Ellipse", "E", "Mean, spread and area of an ellipse", "Ellipse", "tool", True),
    ActionRow(
        "rectangle",
        "&Measure",
        "Rec&tangle",
        "Shift+E",
        "Mean, spread and area of a rectangle",
        "Rectangle",
        "tool",
        True,
    ),
    ActionRow(
        "freehand", "&Measure", "&Freehand", "D", "Mean, spread and area inside an outline", "Freehand", "tool", True
    ),
    ActionRow("point", "&Measure", "&Point", "Shift+P", "Keep the value of one pixel", "Point", "tool", True),
    ActionRow(
        "probe", "&Measure", "Pro&be", "B", "Read stored, modality and SUV values at the pointer", "Probe", "tool", True
    ),
    ActionRow(
        "rename_measurement", "&Measure", "Re&name", "F2", "Give the selected measurement another name", "Rename"
    ),
    ActionRow("delete_measurement", "&Measure", "&Delete", "Delete", "Delete the selected measurement", "Delete"),
    ActionRow(
        "hide_measurements", "&Measure", "&Hide measurements", "Shift+M", "See the image without them", "", "", True
    ),
    ActionRow("measurements", "&Measure", "List of &measurements", "Ctrl+M", "Show the list of all measurements"),
    ActionRow("layout_1x1", "&Layout", "&One viewport", "Alt+1", "One image", "1 × 1", "layout", True),
    ActionRow(
        "layout_1x2", "&Layout", "&Two side by side", "Alt+2", "Two images side by side", "1 × 2", "layout", True
    ),
    ActionRow(
        "layout_2x1",
        "&Layout",
        "Two one &above the other",
        "Alt+3",
        "Two images, one above the other",
        "2 × 1",
        "layout",
        True,
    ),
    ActionRow("layout_2x2", "&Layout", "&Four", "Alt+4", "Four images", "2 × 2", "layout", True),
    ActionRow("layout_2x3", "&Layout", "&Six", "Alt+6", "Six images in two rows", "2 × 3", "layout", True),
    ActionRow("layout_3x3", "&Layout", "&Nine", "Alt+9", "Nine images in three rows", "3 × 3", "layout", True),
    ActionRow(
        "one_up",
        "&Layout",
        "Active viewport a&lone",
        "F",
        "Let the active viewport fill the pane and back; a double click does the same",
    ),
    ActionRow("next_series", "&Layout", "Next &series", "PgDown", "Show the next series in the active viewport"),
    ActionRow(
        "previous_series", "&Layout", "Previous s&eries", "PgUp", "Show the series before in the active viewport"
    ),
    ActionRow("next_study", "&Layout", "&Older study", "Ctrl+Right", "Show the next older study of this patient"),
    ActionRow("previous_study", "&Layout", "Ne&wer study", "Ctrl+Left", "Show the next newer study of this patient"),
    ActionRow("next_viewport", "&Layout", "&Next viewport", "Right", "Act on the next viewport"),
    ActionRow("previous_viewport", "&Layout", "&Previous viewport", "Left", "Act on the viewport before"),
    ActionRow(
        "link", "&Layout", "&Link scrolling", "Ctrl+L", "Scroll series of one frame of reference together", "", "", True
    ),
    ActionRow(
        "link_windows",
        "&Layout",
        "Lin&k windows",
        "Ctrl+Shift+L",
        "Show the images of one modality through the window that is chosen in one of them",
        "",
        "",
        True,
    ),
    ActionRow(
        "reference_lines",
        "&Layout",
        "&Reference lines",
        "X",
        "Show where the active slice crosses the other images",
        "",
        "",
        True,
    ),
    ActionRow(
        "mpr",
        "&Layout",
        "&Planes (MPR)",
        "M",
        "Show the series as axial, coronal and sagittal planes that move together, and back",
        "Planes",
        "",
        True,
    ),
    ActionRow(
        "mpr_straighten",
        "&Layout",
        "Stra&ighten the planes",
        "Shift+R",
        "Bring turned planes back to the axes of the series",
        "Straighten",
    ),
    ActionRow("mpr_turn_left", "&Layout", "Turn planes l&eft", "[", "Turn the two other planes by 5 degrees"),
    ActionRow("mpr_turn_right", "&Layout", "Turn planes ri&ght", "]", "Turn the two other planes by 5 degrees"),
    ActionRow("cine", "&Layout", "Play as &cine", "C", "Play the slices as a film, and stop", "Cine", "", True),
    ActionRow("cine_faster", "&Layout", "Cine &faster", ".", "Play faster"),
    ActionRow("cine_slower", "&Layout", "Cine &slower", ",", "Play slower"),
    ActionRow(
        "second_window",
        "&Layout",
        "Second &window",
        "Ctrl+Shift+W",
        "A second window for another monitor",
        "",
        "",
        True,
    ),
    ActionRow("shortcuts", "&Help", "&Keys", "F1", "Every key on one page"),
    ActionRow("about", "&Help", "&About MedMM", "", "Version, model, licence and limits"),
)
TOOLBAR = (
    "open_folder",
    "",
    "window",
    "pan",
    "zoom",
    "scroll",
    "",
    "length",
    "angle",
    "ellipse",
    "probe",
    "",
    "fit",
    "invert",
    "reset",
    "",
    "score",
    "overlay",
    "",
    "export_pdf",
)
