// SPDX-License-Identifier: Apache-2.0
import NIOCore
import SystemPackage

/// A form whose file parts lie in temporary files.
struct ReceivedForm: Sendable {
    /// A file part.
    struct File: Sendable {
        var part: String
        var name: String
        var path: FilePath
        var byteCount: Int
    }

    /// The text parts by name; of two with one name the later counts.
    var texts: [String: String] = [:]
    /// The file parts in order.
    var files: [File] = []
    /// Whether `msg_id` came after a file part.
    var hasLateMessageID = false

    /// Removes the temporary files that nobody moved away.
    func discardFiles(in folder: DeviceFolder) {
        for file in files { folder.remove(file.path) }
    }
}

/// Why a request body could not be taken.
enum BodyFailure: Error {
    case tooLarge
    case malformed
}

/// Reads a form from a stream of buffers, writing file parts to temporary files as they come.
struct FormReader {
    private static let textLimit = 64 * 1024
    private static let partLimit = 4096

    private let folder: DeviceFolder
    private let latin1: Bool
    private let byteLimit: Int
    private var form = ReceivedForm()
    private var part: Part?

    private struct Part {
        var name: String
        var text: [UInt8] = []
        var file: (ReceivedForm.File, OpenFile)?
    }

    init(folder: DeviceFolder, latin1: Bool, byteLimit: Int) {
        self.folder = folder
        self.latin1 = latin1
        self.byteLimit = byteLimit
    }

    /// Reads the whole form.
    ///
    /// - Parameters:
    ///   - body: The body's bytes.
    ///   - boundary: The boundary of the content type.
    /// - Returns: The form, whose files are the caller's to remove.
    /// - Throws: ``BodyFailure``; nothing is left in the folder then.
    mutating func read(
        _ body: some AsyncSequence<ByteBuffer, any Error>,
        boundary: String
    ) async throws -> ReceivedForm {
        var parser = MultipartParser(boundary: boundary)
        var total = 0
        do {
            for try await buffer in body {
                total += buffer.readableBytes
                guard total <= byteLimit else { throw BodyFailure.tooLarge }
                let bytes = buffer.getBytes(at: buffer.readerIndex, length: buffer.readableBytes) ?? []
                for event in try parser.feed(bytes) { try take(event) }
            }
            try parser.finish()
        } catch {
            if let (file, descriptor) = part?.file {
                try? descriptor.close()
                folder.remove(file.path)
            }
            form.discardFiles(in: folder)
            if error is MultipartParser.Malformed { throw BodyFailure.malformed }
            throw error
        }
        return form
    }

    private mutating func take(_ event: MultipartParser.Event) throws {
        switch event {
        case .partBegan(let headers): try begin(headers)
        case .body(let bytes): try append(bytes)
        case .partEnded: try end()
        }
    }

    private mutating func begin(_ headers: MultipartHeaders) throws {
        guard form.texts.count + form.files.count < Self.partLimit else { throw BodyFailure.tooLarge }
        let name = MultipartHeaders.text(headers.name, latin1: latin1)
        var new = Part(name: name)
        // Whether a file part needs a file name is open (G5): the names of image parts are enough.
        if headers.fileName != nil || name == "img" || name.hasPrefix("img_") && name != "img_id" {
            let fileName = MultipartHeaders.text(headers.fileName ?? [], latin1: latin1)
            let path = folder.incomingPath()
            let descriptor = try folder.create(path)
            new.file = (ReceivedForm.File(part: name, name: fileName, path: path, byteCount: 0), descriptor)
        }
        if name == "msg_id", !form.files.isEmpty { form.hasLateMessageID = true }
        part = new
    }

    private mutating func append(_ bytes: [UInt8]) throws {
        if let descriptor = part?.file?.1 {
            try descriptor.writeAll(bytes)
            part?.file?.0.byteCount += bytes.count
            return
        }
        part?.text.append(contentsOf: bytes)
        guard part?.text.count ?? 0 <= Self.textLimit else { throw BodyFailure.tooLarge }
    }

    private mutating func end() throws {
        guard let finished = part else { return }
        part = nil
        if let (file, descriptor) = finished.file {
            form.files.append(file)
            try descriptor.close()
        } else {
            form.texts[finished.name] = String(decoding: finished.text, as: UTF8.self)
        }
    }
}
