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
                ["Shared"], ["Transfer"], ["Device", "Explain"], ["Library", "Check", "Import"], ["Mirror", "Export"],
                ["Compare", "Backup", "Records"], ["Job"],
            ]
        ),
    ]
}
