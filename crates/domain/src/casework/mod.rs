// SPDX-License-Identifier: EUPL-1.2
//! What is done with a family: from the report to the commission.
//!
//! German words: Meldung, Fall, Wille, Ziel, Ressource, kollegiale Beratung, Entscheidung, Hilfeplan,
//! Auftrag. The team only advises; the office alone decides; a will has a speaker and a day; nobody is
//! scored. Read `intake.rs` first.

mod aftercare;
mod area;
mod assessor;
mod board;
mod brief;
mod case_join;
mod choice;
mod commission;
mod consultation;
mod counsel;
mod court_extract;
mod decision;
mod details;
mod ending;
mod family_view;
mod feedback;
mod gaps;
pub mod genogram;
mod goal;
mod handover;
mod informal;
mod intake;
mod integration_help;
mod legal;
mod lived_space;
mod name_hints;
pub mod network;
mod note;
mod order_warning;
mod own_line;
mod people;
mod person;
mod plan;
mod plan_difference;
mod plan_talk;
pub mod protection;
mod pseudonym;
mod residence;
mod resource_check;
mod review;
mod review_rhythm;
mod sealed;
mod statement;
mod step_down;
mod support_package;
mod team_meeting;
mod transition;
mod undo;
mod visit;
mod workload;

pub use aftercare::{ComingBack, FOLLOWED_BACKWARDS, FOLLOWED_IN_FUTURE, FOLLOWED_WITHOUT_WORDS, Lasting, NewFollowUp};
pub use area::{
    AREA_IN_FUTURE, AREA_UNCHANGED, Area, CHECK_BEFORE_SET, CHECKED_IN_FUTURE, CONDITION_WITHOUT_GROUND,
    ConditionGround, ConditionResult, DUE_IN_PAST, DUE_MISSING, LIFTED_ALREADY, NewArea, NewCheck, NewCondition,
    QUESTION_MISSING, SEVERAL_NEEDED, change_area, check_condition, keeps_danger_mark, set_condition,
};
pub use assessor::{assessor_delivers, assessor_named};
pub use board::{
    CLOSED_FOR_GOOD, DANGER_IS_AT_ONCE, DANGER_NEEDS_CASE, Escalation, NOT_DECIDED, NewMove, OUTCOME_MISSING,
    OWNER_MISSING, OnBoard, Outcome, Step, Urgency, WHY_MISSING, escalation, move_report,
};
pub use brief::{BRIEF_BASE_UNKNOWN, BRIEF_UNCHANGED, NewBrief, Saving, save_brief};
pub use case_join::{
    CASE_IS_JOINED, CASE_JOIN_ALREADY, CASE_JOIN_RUNNING, CASE_JOIN_SELF, JoinSide, NewCaseJoin, join_cases,
};
pub use choice::{
    NewWish, WISH_ANSWER_MISSING, WISH_COMPARISON_MISSING, WISH_MISSING, WISH_REASON_MISSING, WISH_TOLD_IN_FUTURE,
    WISH_WORDS_MISSING, WishAndChoice, WishAnswer, choose,
};
pub use commission::{
    COMMISSION_NOT_GRANTED, COMMISSION_OUTSIDE_DECISION, Commission, CommissionOrder, Decided, commission,
};
pub use consultation::{
    AgendaItem, CONSULTATION_CLOSED, IdeaKind, NewIdea, Question, advise, close_consultation, members_may_read,
};
pub use counsel::{COUNSEL_ENDED, COUNSELLED_IN_FUTURE, NewCounsel, NewTalk, counsel, delete_on, resume};
pub use court_extract::{
    CourtExtract, EXTRACT_NEEDS_PLAN, EXTRACT_NOT_ASKED, NewExtract, Proceeding, ReviewResult, extract,
};
pub use decision::{
    DECIDES_NO_APPLICATION, DecisionDraft, HelpDecision, HelpKind, NOT_BY_ASD, Occasion, REASONS_MISSING,
    REVIEW_TOO_EARLY, RIGHTS_TOLD_IN_FUTURE, decide,
};
pub use details::{
    Attendance, EXTENT_HALF, EXTENT_TOO_MUCH, EXTENT_UNREADABLE, Extent, ExtentUnit, PlanDetails, PlanPart, Presence,
};
pub use ending::{
    AFTERCARE_BACKWARDS, AFTERCARE_HALF, Aftercare, AskLater, CONTINUED_IN_FUTURE, ENDING_AFTER_END,
    ENDING_BEFORE_BEGIN, ENDING_BEFORE_CONTINUED, ENDING_NOT_CONTINUED, ENDING_NOT_TAKEN_OVER, ENDING_TWICE, EndReason,
    EndingHint, HelpAfter, NewEnding, REOPEN_DAYS, REOPEN_TOO_LATE, REOPENED_ALREADY, RETURN_NOT_ENDED, RunningCare,
    StayAfter, is_in_effect, reopen,
};
pub use family_view::{
    ANSWER_EMPTY, ANSWER_GOAL_UNKNOWN, ANSWERS_A_LINK, ANSWERS_ENOUGH, FamilyVerdict, LINK_DAYS, LINK_SPAN,
    NewFamilyAnswer, check_link_span,
};
pub use feedback::{
    FEEDBACK_IN_FUTURE, FEEDBACK_NOT_DUE, FEEDBACK_UNLIKELY, FamilyTold, Feedback, YesNo, feedback_due, tell_reporter,
};
pub use gaps::{CaseFacts, Gap, gaps};
pub use goal::{
    DUE_BEFORE_AGREED, GoalLevel, NewRating, NewStep, RATED_BEFORE_AGREED, RATED_IN_FUTURE, Rater, SmartHint, rate,
    smart_hints,
};
pub use handover::{
    Conversation, FamilyPart, HANDOVER_CLOSED, HANDOVER_RUNS, Handover, HandoverCause, HeldHandover, NewHandover,
    Receiver, SAME_TEAM, SAME_WORKER, TALK_IN_FUTURE, TALK_MISSING, TALK_WITH_NOBODY,
};
pub use informal::{FEWEST_CASES, Share, Shares};
pub use intake::{
    Channel, Danger, FROM_THE_FUTURE, Intake, NAME_NOT_KNOWN, NewReport, REASON_NEEDED, REPORTER_REASON_MISSING,
    Reporter, ReporterKind, Route, look_at_reporter, take_in,
};
pub use integration_help::{
    APPLICATION_CLOSED, Application, ApplicationStep, FORWARDED_TO_US, Follows, NOT_FORWARDED_TO_US, NewApplication,
    NewStepTaken, OPINION_NOT_ORDERED, RECEIVED_IN_FUTURE, STEP_BEFORE_RECEIPT, STEP_WITHOUT_WORDS, follows,
};
pub use legal::{
    CustodyDoubt, ENDED_ALREADY, ENDED_BEFORE_BEGIN, HOLDER_IS_CHILD, HOLDER_MISSING, Holder, LegalKind, LegalRole,
    NewLegalRole, PROOF_DAY_MISSING, Proof, SCOPE_MISSING, custody_doubt, in_force,
};
pub use lived_space::{
    Company, FURTHEST_METRES, LIVED_BY_WHOM, LIVED_FULL, LIVED_IN_FUTURE, LIVED_SEALED, LIVED_TOO_FAR, LONGEST_MINUTES,
    LivedKind, MOST_PLACES, Mobility, NewLivedPlace, Way, lived_point,
};
pub use name_hints::{MAYBE_NAMES, name_hints};
pub use note::{
    Confidence, NOT_ENTRUSTED, NOT_YOURS_TO_PASS, NOTED_IN_FUTURE, NewNote, NewPassing, PassingReason, pass_on,
};
pub use order_warning::{ASSESSOR_WOULD_DELIVER, CONSENT_TOWARDS_ENDED, OrderWarning, answer_warnings, order_warnings};
pub use own_line::OwnLine;
pub use people::{
    Contact, Entry, Interpreter, JOIN_NOT_UNDOABLE, JOINED_ALREADY, JOINED_BIRTHDAYS, JOINED_WITH_ITSELF,
    LIVES_IN_FUTURE, Likeness, MAIL_UNREADABLE, NewJoin, NewResidence, Speech, UNDO_DAYS, join, likeness, undo,
};
pub use person::{CaseNumber, NewPerson, PersonRole};
pub use plan::{PlanAttendance, PlanContent, PlanParty, PlanSection, PlanStatement};
pub use plan_difference::{Piece, PieceKind, SectionDifference, SectionText, differences};
pub use plan_talk::{
    NewPlanTalk, PLAN_TALK_CLOSED, PLAN_TALK_EMPTY, PLAN_TALK_IN_PAST, PLAN_TALK_NOT_YET, TALK_TASK_OUTSIDE,
    TALK_TASKS_NUMBER, TALK_TASKS_UNREADABLE, TalkState, TalkTask, check_talk_task, hold_talk, read_talk_tasks,
    shipped_talk_tasks, talk_task_due,
};
pub use pseudonym::{NameCode, pseudonymise};
pub use residence::{Home, Stay, StayDoubt, stay_doubts};
pub use resource_check::{
    CHECK_FULL, CheckEdit, CheckEntry, ENTRY_GONE, EXPLORED_IN_FUTURE, ResourceCheck, ResourceUse, SHEET_EMPTY,
    ThirdParty, fix_sheet,
};
pub use review::{
    CADENCE_UNREADABLE, ChangedWill, NEXT_REVIEW_TOO_EARLY, NewReview, REVIEW_CADENCE_PART, REVIEWED_IN_FUTURE,
    ReviewOutcome, cadence, read_cadence,
};
pub use review_rhythm::{
    NewRhythm, REVIEW_WHICH_HELP, RHYTHM_OF_ENDED, RHYTHM_TOO_LONG, RHYTHM_UNREADABLE, Rhythms, next_review,
    next_within, within_most,
};
pub use sealed::{
    ADDRESS_IS_SEALED, NewSeal, REVIEW_IN_PAST, REVIEW_TOO_LATE, SEAL_REASON_MISSING, SEALED_ALREADY, SealReason,
    TELLS_SEALED, redact, street_key, tells, tells_nothing,
};
pub use statement::{
    Field, NewGoal, NewStatement, NewStrength, SPEAKER_MISSING, STATED_IN_FUTURE, Statement, StatementKind, state,
};
pub use step_down::{
    FamilyStand, STEP_DOWN_ENDED, STEP_DOWN_NOT_LESS, STEP_DOWN_OUTSIDE, STEP_DOWN_WITHOUT_PRICE, StepDown,
};
pub use support_package::{
    HELP_ENDS_BEFORE, HELP_NOT_TAKEN, HelpSource, Layer, NewHelp, NewUse, PACKAGE_PART, PackageHint, PackageLine,
    Really, USED_BEFORE_BEGIN, USED_IN_FUTURE, UseSaid, WEIGHED_WHY_MISSING, Weighing, end_help, hints, note_use,
    really_used,
};
pub use team_meeting::{
    ANSWER_BEFORE_MEETING, ANSWER_IN_FUTURE, ANSWER_TO_DISSENT, ITEM_MINUTES, IdeaAnswer, MEETING_KNOWN, MeetingKind,
    NewIdeaAnswer, NewMeeting, PRESENT_IN_FUTURE, PRESENT_NAMED, Phase, Present, SeatRole, Slot, TIME_OUTSIDE,
    TIME_UNREADABLE, TimeOfDay, agenda_order, answer_idea, note_present, phase_plan,
};
pub use transition::{
    CarrierKind, NewTransition, TRANSITION_IN_PAST, TRANSITION_TALK_ALONE, TRANSITION_TALK_DAY,
    TRANSITION_WITHOUT_CONSENT,
};
pub use undo::{TakenAway, UNDO_OVER, take_back};
pub use visit::{
    NewVisit, NewVisitNote, VISIT_CASES, VISIT_HOURS, VISIT_KEPT_DAYS, VISIT_NOT_YOURS, VISIT_NOTE_HANDED_IN,
    VISIT_NOTHING_CHOSEN, VISIT_OFF, VISIT_OVER, VISIT_TOO_MUCH, VisitState, WaitReason, receive_note, visit_ends,
    visit_state,
};
pub use workload::{Carried, Counted, Load, loads};
