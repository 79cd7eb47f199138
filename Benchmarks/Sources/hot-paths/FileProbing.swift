// SPDX-License-Identifier: Apache-2.0
import FaceImaging
import Foundation

/// Reads the headers of files, and measures how long that takes when they are in memory.
final class FileProbing: HotPath {
    private let files: [String]
    private var elapsed = Duration.zero
    private var probed = 0

    init(_ files: [String]) { self.files = files }

    var answer: String? { String(elapsed / .seconds(1) / Double(probed)) }

    func walk() throws {
        for file in files {
            let photo = [UInt8](try Data(contentsOf: URL(filePath: file)))
            let start = ContinuousClock.now
            let header = try ImageProbe.header(of: photo)
            elapsed += ContinuousClock.now - start
            precondition(header.bytes == photo.count, "the header is that of the photo")
            probed += 1
        }
    }
}
