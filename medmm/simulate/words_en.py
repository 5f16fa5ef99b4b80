"""English wording of the note: for each concept what is said when it holds and when it does not."""

from medmm.simulate.lexicon import Lexicon

COMPLAINT = {
    "fever": (
        ("fever up to 39", "febrile at home (38.9 C)", "feverish for days", "temp 38.7 at home"),
        ("no fever", "afebrile at home", "denies fever"),
    ),
    "chills": (("shaking chills", "rigors last night", "chills"), ("no chills", "denies rigors")),
    "cough": (("cough", "new cough", "persistent cough", "c/o cough"), ("no cough", "denies cough")),
    "sputum": (("purulent sputum", "green sputum", "yellow-green phlegm"), ("no sputum", "cough dry if any")),
    "dyspnoea": (
        ("SOB", "short of breath", "dyspnoea on exertion", "increasing breathlessness"),
        ("no SOB", "breathing comfortable at rest"),
    ),
    "orthopnoea": (("needs 3 pillows at night", "orthopnoea", "cannot lie flat"), ("no orthopnoea", "sleeps flat")),
    "night_dyspnoea": (("wakes up gasping", "PND x2 last night"), ("no PND",)),
    "leg_swelling": (
        ("swollen legs", "bilateral ankle swelling", "leg oedema up to the knees"),
        ("no ankle swelling", "no leg oedema"),
    ),
    "weight_gain": (("gained 4 kg in a week", "weight up 3 kg"), ("weight stable",)),
    "pleuritic_pain": (
        ("sharp chest pain on breathing in", "pleuritic chest pain", "stabbing one-sided chest pain"),
        ("no chest pain", "denies pleuritic pain"),
    ),
    "sudden_onset": (
        ("sudden onset this morning", "started suddenly at rest", "came on within minutes"),
        ("gradual onset", "no sudden onset"),
    ),
    "trauma": (("fell on the stairs yesterday", "after a fall from a bicycle"), ("no trauma",)),
    "weight_loss": (
        ("lost 7 kg in 3 months", "unintended weight loss", "poor appetite and weight loss"),
        ("no weight loss",),
    ),
    "haemoptysis": (("blood-streaked sputum", "haemoptysis once"), ("no haemoptysis",)),
    "dysuria": (("burning on urination", "dysuria"), ("no dysuria",)),
}
PAST = {
    "heart_failure": (
        ("known heart failure, EF 35 %", "h/o CHF on furosemide", "HFrEF"),
        ("no h/o heart failure", "no known cardiac disease"),
    ),
    "hypertension": (("HTN", "hypertension"), ("normotensive so far",)),
    "atrial_fibrillation": (("AF on apixaban", "paroxysmal AF"), ()),
    "diabetes": (("T2DM", "diabetes mellitus type 2"), ("no DM",)),
    "copd": (("COPD GOLD 2", "COPD on inhalers"), ("no known lung disease",)),
    "cancer": (("colon cancer resected 2018", "h/o breast ca", "h/o renal cell carcinoma"), ("no h/o malignancy",)),
    "old_scar": (
        ("old TB, treated in the 1980s", "pneumonia 4 years ago, residual scarring", "chronic basal atelectasis known"),
        (),
    ),
}
SOCIAL = {
    "smoker": (("smoker, 40 pack years", "current smoker 30 py", "ex-smoker, 35 py"), ("never smoked", "non-smoker"))
}
EXAM = {
    "focal_crackles": (
        ("crackles and bronchial breathing over one lower zone", "coarse crackles on one side"),
        ("no focal crackles",),
    ),
    "bibasal_crackles": (("fine crackles at both bases", "bibasal crepitations"), ("bases clear",)),
    "wheeze": (("expiratory wheeze", "diffuse wheezing"), ("no wheeze",)),
    "dull_base": (
        ("stony dull at one base, breath sounds reduced", "dullness to percussion basally"),
        ("percussion resonant",),
    ),
    "absent_sounds": (
        ("breath sounds absent over one apex, hyperresonant", "markedly reduced air entry on one side"),
        ("air entry equal",),
    ),
    "neck_veins": (("JVP raised", "distended neck veins"), ("JVP not raised",)),
    "murmur": (("systolic murmur 3/6", "pansystolic murmur at the apex"), ("no murmur",)),
    "apex_displaced": (("apex beat displaced laterally", "heaving displaced apex beat"), ("apex beat normal",)),
    "crp": (("CRP 142 mg/l at GP", "CRP 98, WBC 15.2", "GP lab: CRP 187"), ("CRP < 5", "CRP 3 at GP")),
}
ENGLISH = Lexicon(
    titles=(
        "INDICATION",
        "HISTORY OF PRESENT ILLNESS",
        "PAST MEDICAL HISTORY",
        "SOCIAL AND FAMILY HISTORY",
        "EXAMINATION",
        "QUESTION",
    ),
    complaint=COMPLAINT,
    past=PAST,
    social=SOCIAL,
    exam=EXAM,
    opening=("{age} y/o {sex}", "{age}-year-old {sex}", "Pt is a {age} yo {sex}"),
    sexes=("woman", "man"),
    onset=("for {days} days", "since {days} days", "x {days}d"),
    indications=(
        "SOB, CXR requested.",
        "Chest symptoms.",
        "Unwell, for CXR.",
        "Assessment in the emergency department.",
        "Admission CXR.",
    ),
    family=(
        "Father died of lung cancer.",
        "Mother had CHF.",
        "Brother had pneumonia last year.",
        "Family history unremarkable.",
        "Sister with TB as a child.",
    ),
    general=("Alert, oriented.", "Looks unwell.", "GCS 15.", "Comfortable at rest.", "Abdomen soft."),
    questions=(
        "r/o pneumonia.",
        "CXR please: r/o pneumonia, effusion, PTX.",
        "Infiltrate? Congestion?",
        "Any acute change?",
        "r/o oedema, r/o mass.",
    ),
    nothing="No specific complaints.",
    comma=", ",
    stop=". ",
    colon=": ",
)
