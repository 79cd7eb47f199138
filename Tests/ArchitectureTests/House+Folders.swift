// SPDX-License-Identifier: Apache-2.0

/// The folders of the modules that have many, as layers.
extension House {
    static let folders: [FolderLayers] = [
        FolderLayers(
            module: "FaceTransfer",
            layers: [
                ["Jobs"], ["Validate"], ["Scan"], ["Libraries", "Read"], ["Compare"], ["Backup"], ["Prepare"],
                ["Upload"], ["Reconcile"], ["Remove"], ["Fill"], ["Import", "Export", "Mirror", "Records"],
            ],
            debts: transferDebts
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

    private static let transferDebts = ties([
        "Backup/Create/BackupJob.swift": ["Moment"],
        "Backup/Create/BackupReading.swift": ["Moment"],
        "Backup/Create/DeviceFacts.swift": ["DeviceWarnings", "Moment"],
        "Backup/Repository/CatalogFile.swift": ["TargetFolder"],
        "Backup/Repository/Repository+Creating.swift": ["TargetFolder"],
        "Backup/Repository/Repository+Sweeping.swift": ["TargetError", "TargetFolder"],
        "Backup/Repository/Repository.swift": ["TargetFolder"],
        "Backup/Repository/RepositoryLayout.swift": ["TargetFolder"],
        "Backup/Repository/SnapshotTable.swift": ["PeopleTable"],
        "Backup/Verify/RepositoryCheck.swift": ["TargetFolder"],
        "Compare/CompareJob.swift": ["Moment"],
        "Compare/LibraryStudy.swift": ["Moment"],
        "Jobs/Ledger+Recording.swift": ["Moment"],
        "Libraries/Comparison.swift": ["ContentDigests"],
        "Libraries/DestinationOpening.swift": ["LibraryError", "ImportOptions"],
        "Libraries/LibraryRequest.swift": ["LibraryError", "Repository", "Snapshot"],
        "Libraries/Listing/LibraryListing.swift": ["Readback"],
        "Libraries/Listing/ListedPages.swift": ["Readback"],
        "Libraries/Listing/OverlappingPages.swift": ["Readback"],
        "Libraries/Listing/SeparatePages.swift": ["Readback"],
        "Libraries/NoPortraits.swift": ["FetchedRow"],
        "Libraries/PortraitLibrary.swift": ["FetchedRow"],
        "Libraries/PortraitsInSnapshot.swift": [
            "FetchedRow", "ImageIndex", "ManifestReading", "PackReading", "PortraitInHand", "Repository",
            "RepositoryError", "Snapshot", "SnapshotRow",
        ],
        "Libraries/PortraitsInSource.swift": ["FetchedRow", "PhotoFile", "PortraitInHand"],
        "Libraries/PortraitsInTrash.swift": ["FetchedRow", "PortraitInHand"],
        "Libraries/PortraitsOnDevice.swift": ["FetchedRow", "PortraitReading"],
        "Libraries/ScratchFolder.swift": ["TargetFolder"],
        "Mirror/OpenTarget.swift": ["LibraryError"],
        "Prepare/DevicePrecheck.swift": ["DeviceRefusal"],
        "Prepare/PortraitPreparation.swift": ["Moment"],
        "Read/FetchPlanning.swift": ["LibraryOnDevice"],
        "Read/PortraitReading.swift": ["LibraryOnDevice"],
        "Read/SingleFetch.swift": ["DeviceRefusal", "LibraryOnDevice"],
        "Reconcile/Recovery.swift": ["LeaverRemoval"],
        "Records/EntryReader.swift": ["TargetError"],
        "Records/RecordFolder.swift": ["TargetError", "FolderTarget", "TargetFolder"],
        "Records/RecordImageNames.swift": ["PhotoNames"],
        "Records/RecordJob.swift": ["TargetError"],
        "Records/RecordRequest.swift": ["TargetError"],
        "Records/RecordTable.swift": ["TargetError", "PeopleTable"],
        "Scan/Report/ReportSource.swift": ["PhotoFile"],
        "Upload/SafeCopy.swift": ["Moment"],
        "Upload/Uploader.swift": ["Readback"],
        "Validate/CellDamage.swift": ["ExcelQuoting"],
        "Validate/JudgedRow.swift": ["PhotoFile", "ScannedRow"],
        "Validate/ReadValues.swift": ["RowCells", "ScannedRow"],
        "Validate/RowValidator.swift": ["ScannedRow"],
        "Validate/ValidRow.swift": ["ScannedRow"],
    ])

    private static func ties(_ types: [String: [String]]) -> Set<FolderLayers.Tie> {
        Set(types.flatMap { file, types in types.map { FolderLayers.Tie(file, $0) } })
    }
}
