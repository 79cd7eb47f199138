// SPDX-License-Identifier: Apache-2.0
import FaceArchive

extension ZipEntry {
    /// The name without its folders.
    package var fileName: String { SourcePath.name(of: name) }
    /// The name without folders and extension.
    package var stem: String { FileNameParts.stemAndExtension(of: fileName).stem }
    /// The parts between underscores.
    package var parts: [String] { stem.split(separator: "_", omittingEmptySubsequences: false).map(String.init) }
    /// The extension in lower case, without its dot.
    package var fileExtension: String? { FileNameParts.stemAndExtension(of: fileName).fileExtension }
}
