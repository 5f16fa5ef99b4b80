"""What a window works with and what outlives it."""

from __future__ import annotations

from dataclasses import dataclass, field

from medmm.workflow.openings import Openings
from medmm.workflow.places import Places
from ui.engine import Engine
from ui.state.batch_state import BatchState
from ui.state.case_state import CaseState
from ui.state.engine_state import EngineState
from ui.state.hanging_state import HangingState
from ui.state.key_images import KeyImages
from ui.state.last_session_state import LastSessionState
from ui.state.measuring_desk import MeasuringDesk
from ui.state.notice_state import NoticeState
from ui.state.recent_state import RecentState
from ui.state.review_state import ReviewState
from ui.state.settings_state import SettingsState
from ui.state.training_state import TrainingState
from ui.state.view_desk import ViewDesk
from ui.state.worklist_state import WorklistState
from ui.tasks import Tasks


@dataclass(frozen=True)
class Session:
    """Everything one window works with, except its widgets: those are made anew for another language."""

    cases: CaseState
    engine_state: EngineState
    notices: NoticeState
    tasks: Tasks
    engine: Engine
    settings: SettingsState = field(default_factory=SettingsState)
    desk: MeasuringDesk = field(default_factory=MeasuringDesk)
    views: ViewDesk = field(default_factory=ViewDesk)
    recent: RecentState = field(default_factory=RecentState)
    key_images: KeyImages = field(default_factory=KeyImages)
    places: Places = field(default_factory=Places)
    openings: Openings = field(default_factory=Openings)
    last: LastSessionState = field(default_factory=LastSessionState)
    reviews: ReviewState = field(init=False)
    hanging: HangingState = field(init=False)
    training: TrainingState = field(init=False)
    batch: BatchState = field(init=False)
    worklist: WorklistState = field(init=False)

    def __post_init__(self) -> None:
        # The class is frozen for everybody else.
        object.__setattr__(self, "reviews", ReviewState(self.cases, self.desk.state.stack_of, self.cases))
        object.__setattr__(self, "hanging", HangingState(self.cases, self.views))
        object.__setattr__(self, "training", TrainingState(self.tasks))
        object.__setattr__(self, "batch", BatchState(self.tasks))
        object.__setattr__(self, "worklist", WorklistState(self.batch, self.tasks))
