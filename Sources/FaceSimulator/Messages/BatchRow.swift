// SPDX-License-Identifier: Apache-2.0

/// What a batch file name says: `Name_imgid_Identity_Gender_Age_Address.ext` (B1, B2, B9).
struct BatchRow: Sendable, Equatable {
    var imgID: String?
    var person: Person

    /// Reads a file name.
    ///
    /// - Throws: ``DeviceFault`` with -3596 when it has not six parts.
    init(fileName: String, quirks: Quirks) throws(DeviceFault) {
        let stem = fileName.lastIndex(of: ".").map { String(fileName[..<$0]) } ?? fileName
        var parts = stem.split(separator: "_", omittingEmptySubsequences: false).map(String.init)
        if parts.count > 6, quirks[.extraPartsAddress] {
            parts = parts.prefix(5) + [parts.dropFirst(5).joined(separator: "_")]
        }
        guard parts.count == 6 else {
            guard quirks[.freeName] else { throw DeviceFault(.parameter) }
            self.init(imgID: nil, person: Person(name: stem))
            return
        }
        let values = quirks[.hashLiteral] ? parts : parts.map { $0 == "#" ? "" : $0 }
        self.init(
            imgID: values[1],
            person: Person(
                name: values[0],
                identity: values[2],
                gender: values[3],
                age: values[4],
                address: values[5]
            )
        )
    }

    private init(imgID: String?, person: Person) {
        self.imgID = imgID
        self.person = person
    }
}
