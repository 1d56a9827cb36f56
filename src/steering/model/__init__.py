"""Records, enumerations and the rules of one record. Knows no database session, file, clock or screen."""

from steering.model.assessments import Assessment
from steering.model.base import Kept, Record, Traced, Versioned
from steering.model.catalogue import TargetGroup, Task, TaskField
from steering.model.committees import Committee, CommitteeDate
from steering.model.enums import (
    AgreementKind,
    AmountBasis,
    AreaKind,
    AssessmentState,
    BoundaryRole,
    EndKind,
    Extension,
    ExtensionRule,
    FindingKind,
    FundingPart,
    LegalCharacter,
    Level,
    NeedKind,
    NeedUnit,
    OnLoss,
    Payer,
    Priority,
    Progress,
    Provenance,
    Role,
    StructureKind,
)
from steering.model.funding import Funding, Programme
from steering.model.ledger import Change, Dataset, Settings
from steering.model.needs import Need, NeedGroup
from steering.model.organisations import (
    Agreement,
    AgreementOrganisation,
    AgreementTask,
    Organisation,
)
from steering.model.places import Area, AreaMunicipality, Boundary, Municipality
from steering.model.structures import Responsibility, ResponsibilityGroup, Structure

__all__ = [
    "Agreement",
    "AgreementKind",
    "AgreementOrganisation",
    "AgreementTask",
    "AmountBasis",
    "Area",
    "AreaKind",
    "AreaMunicipality",
    "Assessment",
    "AssessmentState",
    "Boundary",
    "BoundaryRole",
    "Change",
    "Committee",
    "CommitteeDate",
    "Dataset",
    "EndKind",
    "Extension",
    "ExtensionRule",
    "FindingKind",
    "Funding",
    "FundingPart",
    "Kept",
    "LegalCharacter",
    "Level",
    "Municipality",
    "Need",
    "NeedGroup",
    "NeedKind",
    "NeedUnit",
    "OnLoss",
    "Organisation",
    "Payer",
    "Priority",
    "Programme",
    "Progress",
    "Provenance",
    "Record",
    "Responsibility",
    "ResponsibilityGroup",
    "Role",
    "Settings",
    "Structure",
    "StructureKind",
    "TargetGroup",
    "Task",
    "TaskField",
    "Traced",
    "Versioned",
]
