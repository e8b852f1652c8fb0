//! The seven backyards that list jobs, and what their status ids mean (platform-contract §5).

/// A background service of ITA that runs jobs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Backyard {
    /// Ansible execution.
    AnsibleExecute,
    /// Terraform Cloud/EP execution.
    TerraformCloudEpExecute,
    /// Terraform CLI execution.
    TerraformCliExecute,
    /// Parameter sheet creation.
    MenuCreate,
    /// Menu export and import.
    MenuExportImport,
    /// Bulk Excel export and import.
    ExcelExportImport,
    /// Conductor: listed, never counted.
    ConductorSynchronize,
}

/// A status id with its names.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Status {
    pub(crate) id: u8,
    pub(crate) ja: &'static str,
    pub(crate) en: &'static str,
}

const EXECUTION: &[Status] = &[
    Status { id: 2, ja: "準備中", en: "Preparing" },
    Status { id: 3, ja: "実行中", en: "Executing" },
    Status { id: 4, ja: "実行中(遅延)", en: "Executing (delay)" },
];
const TASK: &[Status] = &[Status { id: 2, ja: "実行中", en: "Executing" }];
const CONDUCTOR: &[Status] = &[
    Status { id: 3, ja: "実行中", en: "Executing" },
    Status { id: 4, ja: "実行中(遅延)", en: "Executing (delay)" },
    Status { id: 5, ja: "一時停止", en: "Pause" },
];

impl Backyard {
    /// All seven, in the order of the contract.
    pub const ALL: [Self; 7] = [
        Self::AnsibleExecute,
        Self::TerraformCloudEpExecute,
        Self::TerraformCliExecute,
        Self::MenuCreate,
        Self::MenuExportImport,
        Self::ExcelExportImport,
        Self::ConductorSynchronize,
    ];

    /// The container's name, the key of the answer.
    pub const fn container(self) -> &'static str {
        match self {
            Self::AnsibleExecute => "ita-by-ansible-execute",
            Self::TerraformCloudEpExecute => "ita-by-terraform-cloud-ep-execute",
            Self::TerraformCliExecute => "ita-by-terraform-cli-execute",
            Self::MenuCreate => "ita-by-menu-create",
            Self::MenuExportImport => "ita-by-menu-export-import",
            Self::ExcelExportImport => "ita-by-excel-export-import",
            Self::ConductorSynchronize => "ita-by-conductor-synchronize",
        }
    }

    /// The backyard of a container; none for a container the platform did not have when the contract was measured.
    pub fn from_container(container: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|backyard| backyard.container() == container)
    }

    /// Whether its jobs are in `execute_count`.
    pub const fn counted(self) -> bool {
        !matches!(self, Self::ConductorSynchronize)
    }

    pub(crate) const fn statuses(self) -> &'static [Status] {
        match self {
            Self::AnsibleExecute | Self::TerraformCloudEpExecute | Self::TerraformCliExecute => EXECUTION,
            Self::MenuCreate | Self::MenuExportImport | Self::ExcelExportImport => TASK,
            Self::ConductorSynchronize => CONDUCTOR,
        }
    }

    /// Whether a job of this status is in the answer. The database compares the text as a number, so "03" and "3x" are
    /// listed too, although no name is found for them (platform-contract §5).
    pub(crate) fn lists(self, status: &str) -> bool {
        let digits: String = status.trim_start().chars().take_while(char::is_ascii_digit).collect();
        digits.parse::<u64>().is_ok_and(|number| self.statuses().iter().any(|known| u64::from(known.id) == number))
    }

    /// The status by its exact id.
    pub(crate) fn status(self, status: &str) -> Option<Status> {
        self.statuses().iter().find(|known| known.id.to_string() == status).copied()
    }
}
