// SPDX-License-Identifier: Apache-2.0

/// The folders of the modules that have many, as layers.
extension House {
    static let folders: [FolderLayers] = [
        FolderLayers(module: "FaceText", layers: [["Encodings"]]),
        FolderLayers(module: "FaceFiles", layers: [["Reading"], ["Writing"]]),
        FolderLayers(
            module: "FaceSources",
            layers: [["Validate"], ["Sorting"], ["Folder"], ["Table"], ["Archive", "Report"]]
        ),
        FolderLayers(module: "FaceRepository", layers: [["Repository"], ["Verify"], ["Prune"], ["Erase", "Copy"]]),
        FolderLayers(module: "FaceLibraries", layers: [["Listing"], ["Read"], ["Compare"]]),
        FolderLayers(module: "FaceUpload", layers: [["Prepare"], ["Upload"], ["Remove"], ["Reconcile"], ["Fill"]]),
        FolderLayers(
            module: "FaceTransfer",
            layers: [["Jobs"], ["Import", "Export", "Mirror", "Compare", "Backup"], ["Records"]]
        ),
        FolderLayers(
            module: "FaceCommands",
            layers: [
                ["Shared"], ["Transfer"], ["Device", "Explain"], ["Library", "Check", "Compare"],
                ["Import", "Export", "Records", "Mirror", "Backup"], ["Job"],
            ],
            debts: commandDebts
        ),
    ]

    private static let commandDebts = ties([
        "Backup/BackupCreateCommand.swift": ["Share"],
        "Backup/BackupRunner.swift": ["CommandRun"],
        "Backup/Restore/BackupRestoreCommand.swift": ["ExportPlan", "ExportRunner", "MirrorSettings"],
        "Backup/Restore/RestoreRunner.swift": [
            "CommandRun", "MirrorJobs", "MirrorSettings", "MirrorTeller", "PlanFile",
        ],
        "Backup/Verify/BackupVerifyCommand.swift": ["Share"],
        "Compare/CompareCommand.swift": ["RepositoryOptions"],
        "Export/ExportCommand.swift": ["RepositoryAccess"],
        "Export/ExportPlan.swift": ["RepositoryAccess"],
        "Mirror/MirrorCommand.swift": ["RepositoryOptions"],
        "Mirror/MirrorJobs.swift": ["CommandRun"],
        "Mirror/MirrorRunner+Resuming.swift": ["CommandRun", "RestoreRunner"],
        "Mirror/MirrorRunner.swift": ["CommandRun"],
        "Mirror/MirrorSettings.swift": ["RepositoryAccess"],
        "Mirror/MirrorTeller.swift": ["CommandRun"],
        "Records/RecordsRunner.swift": ["ExportRunner"],
        "Shared/Invocation.swift": ["WorkingDirectory"],
        "Shared/LibraryPlaces.swift": ["RepositoryAccess", "WorkingDirectory"],
        "Shared/Output/ByteText.swift": ["MeasureText"],
        "Transfer/JobPlan.swift": ["Precheck"],
    ])

    private static func ties(_ types: [String: [String]]) -> Set<FolderLayers.Tie> {
        Set(types.flatMap { file, types in types.map { FolderLayers.Tie(file, $0) } })
    }
}
