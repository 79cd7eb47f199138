// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// People with photos of some tens of kilobytes, no two of them the same, as devices have them.
struct LargePhotos {
    /// How many bytes each photo has at least.
    static let size = 56_000
    private let set: PortraitSet
    private let folder: URL

    /// Draws the people's faces; photos are written into a folder.
    init(_ count: Int, in folder: URL) async throws {
        set = try await PortraitSet.drawn(
            "--count",
            "\(count)",
            "--bad",
            "0",
            "--seed",
            "71",
            "--jpeg-only",
            "--size",
            "240x320",
            "--distinct",
            "\(min(count, 30))",
            "--folder"
        )
        self.folder = folder
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    /// Somebody with a value in every attribute that no other has.
    func person(_ number: Int, id: String? = nil) throws -> DrawnPerson {
        DrawnPerson(
            id: id ?? "P-\(number)",
            name: "Person \(number)",
            identity: String(310_115_000_000 + number),
            gender: "\(number % 2)",
            age: "\(20 + number % 50)",
            address: "\(number) Long Street",
            photo: try photo(number, name: "\(id ?? "P")-\(number)")
        )
    }

    /// Another photo of somebody, with a face that no import takes for the one before.
    func another(of person: DrawnPerson, _ time: Int) throws -> String {
        let number = try #require(Int(person.id.dropFirst(2)))
        return try photo(number + 1 + time % 5, name: "\(person.id)-again-\(time)")
    }

    /// A photo that nobody else has.
    ///
    /// - Parameters:
    ///   - number: Whose face it shows.
    ///   - name: What the file is called.
    ///   - mark: A text that stands in its bytes.
    /// - Returns: The path of the file.
    /// - Throws: What the file system says.
    func photo(_ number: Int, name: String, mark: String = "") throws -> String {
        let drawn = try Data(contentsOf: set.source.appending(path: set.truth[number % set.truth.count].source))
        // A comment behind the first segment, which is that of JFIF.
        let place = 4 + Int(drawn[4]) * 256 + Int(drawn[5])
        let random = try #require(
            try FileHandle(forReadingFrom: URL(filePath: "/dev/urandom")).read(upToCount: Self.size)
        )
        let length = 2 + mark.utf8.count + random.count
        let comment = Data([0xFF, 0xFE, UInt8(length >> 8), UInt8(length & 255)]) + Data(mark.utf8) + random
        let file = folder.appending(path: "\(name).jpg")
        try (drawn.prefix(place) + comment + drawn.dropFirst(place)).write(to: file)
        return file.path
    }
}
