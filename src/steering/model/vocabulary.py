"""The German words of the screen for everything in `enums`, and the short names used in addresses."""

from enum import StrEnum

from steering.model.enums import (
    ActionStatus,
    AgendaGroup,
    AgendaStatus,
    AgreementKind,
    AmountBasis,
    AreaKind,
    AssessmentState,
    Attendance,
    CommitteeResult,
    DateKind,
    EndKind,
    Extension,
    ExtensionRule,
    FindingKind,
    FundingPart,
    LeadUnit,
    LegalCharacter,
    Level,
    MeasureStatus,
    MeetingStatus,
    MilestoneProgress,
    NeedKind,
    NeedUnit,
    OnLoss,
    OutcomeStatus,
    Payer,
    PersonRole,
    PersonScope,
    Priority,
    Progress,
    Provenance,
    Reply,
    ReplyState,
    Role,
    StructureKind,
    Subject,
    SubscriptionKind,
    Verdict,
)

WORDS: dict[type[StrEnum], dict[str, str]] = {
    Provenance: {
        Provenance.DOCUMENTED: "belegt",
        Provenance.DERIVED: "abgeleitet",
        Provenance.EXAMPLE: "Beispiel",
    },
    Level: {
        Level.FEDERAL: "Bund",
        Level.STATE: "Freistaat",
        Level.BEZIRK: "Bezirk",
        Level.STATE_OFFICE: "Landratsamt als Staatsbehörde",
        Level.COUNTY: "Landkreis",
        Level.MUNICIPAL: "Gemeinde/VG",
        Level.WELFARE: "Freie Träger/Kirchen",
        Level.VOLUNTEER: "Ehrenamt",
        Level.BUSINESS: "Wirtschaft/Kammern",
    },
    StructureKind: {
        StructureKind.POST: "Stelle",
        StructureKind.FACILITY: "Einrichtung",
        StructureKind.PROJECT: "Projekt",
        StructureKind.SERVICE: "Angebot",
        StructureKind.NETWORK: "Netzwerk/Gremium",
        StructureKind.VOLUNTEER: "Ehrenamt",
        StructureKind.ACCOMMODATION: "Unterkunft",
    },
    EndKind: {
        EndKind.FIXED: "fest",
        EndKind.OPEN: "Daueraufgabe",
        EndKind.ANNUAL: "jährlich (Haushaltsvorbehalt)",
        EndKind.UNKNOWN: "nicht bekannt",
    },
    Extension: {
        Extension.NOT_NEEDED: "nicht nötig",
        Extension.NOT_YET_POSSIBLE: "Folgeförderung noch nicht ausgeschrieben",
        Extension.APPLIED: "beantragt",
        Extension.EXPECTED: "in Aussicht",
        Extension.UNCLEAR: "ungeklärt",
        Extension.RULED_OUT: "ausgeschlossen",
    },
    OnLoss: {
        OnLoss.ENDS: "endet",
        OnLoss.CONTINUES: "wird weitergeführt",
        OnLoss.UNCLEAR: "offen",
    },
    FundingPart: {
        FundingPart.CARRYING: "tragend",
        FundingPart.CO_FINANCING: "Kofinanzierung",
    },
    AmountBasis: {
        AmountBasis.PER_YEAR: "je Jahr",
        AmountBasis.TOTAL: "insgesamt",
        AmountBasis.UNKNOWN: "Bezug nicht bekannt",
    },
    PersonRole: {
        PersonRole.READ: "Lesen",
        PersonRole.EDIT: "Bearbeiten",
        PersonRole.ADMINISTER: "Verwalten",
    },
    PersonScope: {
        PersonScope.OWN: "eigene Einheit",
        PersonScope.ALL: "alle",
    },
    SubscriptionKind: {
        SubscriptionKind.CALENDAR: "Kalender",
        SubscriptionKind.EXPORT: "Tabelle",
    },
    Payer: {
        Payer.GRANT: "Zuwendung",
        Payer.OWN: "Eigenmittel",
        Payer.THIRD: "Dritte",
    },
    Role: {
        Role.STATUTORY: "gesetzlich zuständig",
        Role.LEAD: "federführend",
        Role.DELIVER: "durchführend",
        Role.SUPPORT: "mitwirkend",
        Role.INFORM: "nachrichtlich",
    },
    LegalCharacter: {
        LegalCharacter.VOLUNTARY: "freiwillig",
        LegalCharacter.OWN_DUTY: "Pflichtaufgabe im eigenen Wirkungskreis",
        LegalCharacter.DELEGATED: "übertragener Wirkungskreis",
        LegalCharacter.STATE_OFFICE: "Landratsamt als Staatsbehörde",
        LegalCharacter.THIRD_PARTY: "Zuständigkeit Dritter",
        LegalCharacter.UNCHECKED: "noch nicht eingeordnet",
    },
    AreaKind: {
        AreaKind.DISTRICT: "kreisweit",
        AreaKind.GROUP: "mehrere Gemeinden",
        AreaKind.MUNICIPALITY: "Gemeinde",
    },
    AgreementKind: {
        AgreementKind.RESPONSIBILITY: "Zuständigkeitsvereinbarung",
        AgreementKind.SERVICE: "Leistungsvereinbarung",
        AgreementKind.COOPERATION: "Kooperationsvereinbarung",
    },
    ExtensionRule: {
        ExtensionRule.SECURED: "gesichert",
        ExtensionRule.EXPECTED: "erwartet",
        ExtensionRule.OPTIMISTIC: "optimistisch",
    },
    NeedKind: {
        NeedKind.SERVICE: "Versorgung",
        NeedKind.STEERING: "Steuerung",
    },
    NeedUnit: {
        NeedUnit.PLACES: "Plätze",
        NeedUnit.FTE: "VZÄ",
        NeedUnit.RATIO: "Beratungsschlüssel",
    },
    Priority: {
        Priority.HIGH: "hoch",
        Priority.MEDIUM: "mittel",
        Priority.LOW: "niedrig",
    },
    AssessmentState: {
        AssessmentState.AGREED: "abgestimmt",
        AssessmentState.ACCEPTED: "vorübergehend hingenommen",
        AssessmentState.TO_CLARIFY: "zu klären",
    },
    Progress: {
        Progress.OPEN: "offen",
        Progress.IN_PROGRESS: "in Klärung",
        Progress.DONE: "erledigt",
    },
    MeetingStatus: {
        MeetingStatus.DRAFT: "Entwurf",
        MeetingStatus.INVITED: "eingeladen",
        MeetingStatus.RUNNING: "läuft",
        MeetingStatus.CLOSED: "geschlossen",
        MeetingStatus.CANCELLED: "abgesagt",
    },
    Attendance: {
        Attendance.INVITED: "eingeladen",
        Attendance.PRESENT: "anwesend",
        Attendance.EXCUSED: "entschuldigt",
    },
    AgendaGroup: {
        AgendaGroup.OPEN: "Offen aus früheren Runden",
        AgendaGroup.RESUBMISSION: "Wiedervorlage",
        AgendaGroup.CHANGED: "Seit der letzten Runde verändert",
        AgendaGroup.DEADLINE: "Fristen bis zur nächsten Runde",
        AgendaGroup.OWN: "Eigene Punkte",
    },
    AgendaStatus: {
        AgendaStatus.PLANNED: "vorgesehen",
        AgendaStatus.DONE: "behandelt",
        AgendaStatus.OPEN: "offen geblieben",
        AgendaStatus.LATER: "später",
        AgendaStatus.DROPPED: "gestrichen",
    },
    Subject: {
        Subject.FINDING: "Hinweis",
        Subject.MEASURE: "Maßnahme",
        Subject.STRUCTURE: "Struktur",
        Subject.AGREEMENT: "Vereinbarung",
        Subject.FUNDING: "Förderung",
        Subject.ACTION: "Vereinbart",
        Subject.FREE: "freies Thema",
    },
    OutcomeStatus: {
        OutcomeStatus.DRAFT: "Entwurf",
        OutcomeStatus.RECORDED: "festgehalten",
    },
    ActionStatus: {
        ActionStatus.OPEN: "offen",
        ActionStatus.DONE: "erledigt",
        ActionStatus.DROPPED: "hinfällig",
    },
    MeasureStatus: {
        MeasureStatus.IDEA: "Idee",
        MeasureStatus.PLANNED: "geplant",
        MeasureStatus.DECIDED: "beschlossen",
        MeasureStatus.RUNNING: "läuft",
        MeasureStatus.COMPLETED: "abgeschlossen",
        MeasureStatus.DISCARDED: "verworfen",
    },
    MilestoneProgress: {
        MilestoneProgress.OPEN: "offen",
        MilestoneProgress.UNDER_WAY: "in Arbeit",
        MilestoneProgress.REACHED: "erreicht",
    },
    CommitteeResult: {
        CommitteeResult.NOTED: "zur Kenntnis genommen",
        CommitteeResult.RECOMMENDED: "empfohlen",
        CommitteeResult.DECIDED: "beschlossen",
        CommitteeResult.POSTPONED: "vertagt",
        CommitteeResult.REJECTED: "abgelehnt",
    },
    FindingKind: {
        FindingKind.OVERLAP: "Mehrfachzuständigkeit",
        FindingKind.NO_LEAD: "ungeklärte Federführung",
        FindingKind.LEAD_ONLY: "Federführung ohne Durchführung",
        FindingKind.GAP: "Lücke",
        FindingKind.SHORTFALL: "ungedeckter Bedarf",
        FindingKind.ENDING: "läuft aus",
        FindingKind.UNKNOWN: "Angaben fehlen",
    },
    DateKind: {
        DateKind.FUNDING_END: "Förderung endet",
        DateKind.STRUCTURE_END: "Struktur endet",
        DateKind.APPLY_BY: "Antrag bis",
        DateKind.DECIDE_BY: "Beschluss bis",
        DateKind.PROOF_DUE: "Verwendungsnachweis bis",
        DateKind.AGREEMENT_END: "Vereinbarung endet",
        DateKind.NOTICE_BY: "Kündigung bis",
        DateKind.RESUBMIT: "Wiedervorlage",
        DateKind.MILESTONE: "Meilenstein",
        DateKind.ROUND: "Sitzung der Koordinierungsrunde",
        DateKind.AGREED: "Vereinbart bis",
    },
    LeadUnit: {
        LeadUnit.DAYS: "Tage vorher",
        LeadUnit.WORKING_DAYS: "Arbeitstage vorher",
        LeadUnit.MONDAY: "Tage vorher, montags",
        LeadUnit.TUESDAY: "Tage vorher, dienstags",
        LeadUnit.WEDNESDAY: "Tage vorher, mittwochs",
        LeadUnit.THURSDAY: "Tage vorher, donnerstags",
        LeadUnit.FRIDAY: "Tage vorher, freitags",
    },
    Reply: {
        Reply.YES: "ja",
        Reply.CHANGED: "nein, geändert",
        Reply.GONE: "gibt es nicht mehr",
    },
    Verdict: {
        Verdict.OPEN: "offen",
        Verdict.CONFIRMED: "bestätigt",
        Verdict.CORRECTED: "berichtigt",
        Verdict.GONE: "gibt es nicht mehr",
        Verdict.UNCLEAR: "zu klären",
        Verdict.ADDED: "neu",
    },
    ReplyState: {
        ReplyState.SENT: "versandt",
        ReplyState.PARTIAL: "teilweise beantwortet",
        ReplyState.ANSWERED: "beantwortet",
        ReplyState.OVERDUE: "ohne Antwort",
    },
}

# Words that files of earlier versions use; they are read like those of today.
FORMER_WORDS: dict[type[StrEnum], dict[str, str]] = {
    Extension: {"noch nicht möglich": Extension.NOT_YET_POSSIBLE},
    EndKind: {"unbekannt": EndKind.UNKNOWN},
    AmountBasis: {"Bezug unbekannt": AmountBasis.UNKNOWN},
}

STATE_WORDS = {"running": "läuft", "unknown": "ungewiss", "not_running": "läuft nicht"}

LEVEL_LETTER = {
    Level.FEDERAL: "B",
    Level.STATE: "L",
    Level.BEZIRK: "Z",
    Level.STATE_OFFICE: "S",
    Level.COUNTY: "K",
    Level.MUNICIPAL: "G",
    Level.WELFARE: "F",
    Level.VOLUNTEER: "V",
    Level.BUSINESS: "W",
}

LEVEL_SLUG = {
    Level.FEDERAL: "bund",
    Level.STATE: "freistaat",
    Level.BEZIRK: "bezirk",
    Level.STATE_OFFICE: "staatsbehoerde",
    Level.COUNTY: "landkreis",
    Level.MUNICIPAL: "gemeinde",
    Level.WELFARE: "freie-traeger",
    Level.VOLUNTEER: "ehrenamt",
    Level.BUSINESS: "wirtschaft",
}


def word(member: StrEnum) -> str:
    """The German word for one member of an enumeration."""
    return WORDS[type(member)][member]
