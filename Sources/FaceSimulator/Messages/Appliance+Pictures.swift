// SPDX-License-Identifier: Apache-2.0

/// A picture as a request brought it: base64 in JSON, or a part of a form.
enum ReceivedPicture: Sendable {
    case encoded(EncodedPicture)
    case file(ReceivedForm.File)

    var name: String {
        switch self {
        case .encoded(let picture): picture.filename
        case .file(let file): file.name
        }
    }
}

extension Appliance {
    /// The one picture of a request (1029, 1051, 769, 779, 782).
    func picture(of call: Call, form: Bool) throws(DeviceFault) -> ReceivedPicture {
        guard form else { return .encoded(try call.fields.requiredPicture("img")) }
        guard let file = call.files.first(where: { $0.part == "img" }) else { throw DeviceFault(.parameter) }
        return .file(file)
    }

    /// The pictures of a batch in the order of the request (1030, 1052).
    func pictures(of call: Call, form: Bool) throws(DeviceFault) -> [ReceivedPicture] {
        guard form else { return try call.fields.requiredPictures("imgs").map { .encoded($0) } }
        return call.files.filter { $0.part.hasPrefix("img_") }.map { .file($0) }
    }

    /// A picture's bytes, unless there are too many of them.
    func bytes(of picture: ReceivedPicture) throws -> [UInt8] {
        switch picture {
        case .encoded(let encoded): return try encoded.decoded(quirks)
        case .file(let file):
            try judge.check(byteCount: file.bytes.count)
            return file.bytes
        }
    }

    /// Judges a picture as a portrait and writes it to the device's pictures, once.
    ///
    /// - Returns: The picture, which belongs to no portrait yet.
    /// - Throws: ``DeviceFault`` with the code of the refusal.
    func keep(_ picture: ReceivedPicture, library: Int) throws -> KeptPicture {
        if quirks[.faceOff], quirks[.faceOffRejects] { throw DeviceFault(.unknownError) }
        let received = try bytes(of: picture)
        let verdict = try judge.portrait(received, name: picture.name)
        let kept = judge.kept(received, verdict)
        let receivedHash = PictureDigest.sha256(received)
        let isUnchanged = kept.bytes == received
        var result = KeptPicture(
            path: "",
            byteCount: kept.bytes.count,
            sha256: isUnchanged ? receivedHash : PictureDigest.sha256(kept.bytes),
            receivedSHA256: receivedHash
        )
        guard !quirks[.faceOff] else { return result }
        let fileExtension = quirks[.extJPG] ? "jpg" : kept.format.rawValue
        result.path = "img/\(library)_\(UUIDText.new()).\(fileExtension)"
        try store.folder.write(kept.bytes, to: store.folder.file(result.path))
        return result
    }
}
