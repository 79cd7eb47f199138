// SPDX-License-Identifier: Apache-2.0
import FaceModel

/// A zip without compression or encryption, written by hand so that no library is tested with itself.
struct StoredZip {
    private var bytes: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    /// The archive that a device makes: batch file names and a CSV (interface E4).
    static func bytes(of portraits: [InMemoryDevice.Portrait]) -> [UInt8] {
        var zip = StoredZip()
        var table = "filename,img_id,name,identity,gender,age,address\n"
        for portrait in portraits {
            let texts = portrait.attributes.texts
            var parts = texts.map { $0.isEmpty ? "#" : $0 }
            parts.insert(portrait.id.text, at: 1)
            let fileName = parts.joined(separator: "_") + ".jpg"
            zip.add(fileName, portrait.image)
            let cells = ([fileName, portrait.id.text] + texts).map {
                "\"" + $0.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
            }
            table += cells.joined(separator: ",") + "\n"
        }
        zip.add("face.csv", Array(table.utf8))
        return zip.finish()
    }

    /// Adds an entry.
    mutating func add(_ name: String, _ content: [UInt8]) { add(Array(name.utf8), content, flags: 0x0800) }

    /// Adds an entry whose name nothing says to be UTF-8, as MS-DOS writes them.
    mutating func add(unmarked name: [UInt8], _ content: [UInt8]) { add(name, content, flags: 0) }

    private mutating func add(_ name: [UInt8], _ content: [UInt8], flags: UInt16) {
        let offset = UInt32(bytes.count)
        // Version 2.0, stored, no time.
        let fields =
            Self.words(20, flags, 0, 0, 0x21) + Self.long(Self.checksum(content))
            + Self.long(UInt32(content.count)) + Self.long(UInt32(content.count)) + Self.words(UInt16(name.count), 0)
        bytes += Self.long(0x0403_4B50) + fields + name + content
        directory +=
            Self.long(0x0201_4B50) + Self.words(20) + fields + Self.words(0, 0, 0) + Self.long(0)
            + Self.long(offset) + name
        count += 1
    }

    /// Ends the archive.
    func finish() -> [UInt8] {
        bytes + directory + Self.long(0x0605_4B50) + Self.words(0, 0, UInt16(count), UInt16(count))
            + Self.long(UInt32(directory.count)) + Self.long(UInt32(bytes.count)) + Self.words(0)
    }

    private static func words(_ values: UInt16...) -> [UInt8] { values.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] } }

    private static func long(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(value >> ($0 * 8) & 0xFF) } }

    private static let table: [UInt32] = (0..<256).map { number in
        (0..<8).reduce(UInt32(number)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
    }

    /// CRC-32.
    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(0xFFFF_FFFF as UInt32) { $0 >> 8 ^ table[Int(UInt8($0 & 0xFF) ^ $1)] }
    }
}
