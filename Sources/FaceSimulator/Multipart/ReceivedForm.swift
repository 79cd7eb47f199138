// SPDX-License-Identifier: Apache-2.0
import NIOCore

/// A form that was read, at most as large as a body may be.
struct ReceivedForm: Sendable {
    /// A file part.
    struct File: Sendable {
        var part: String
        var name: String
        var bytes: [UInt8] = []
    }

    /// The text parts by name; of two with one name the later counts.
    var texts: [String: String] = [:]
    /// The file parts in order.
    var files: [File] = []
    /// Whether `msg_id` came after a file part.
    var hasLateMessageID = false
}

/// Why a request body could not be taken.
enum BodyFailure: Error {
    case tooLarge
    case malformed
}

/// Reads a form from a stream of buffers.
struct FormReader {
    private static let textLimit = 64 * 1024
    private static let partLimit = 4096
    /// Most portraits fit into this, so that their bytes need not move while they come.
    private static let usualFileCount = 256 * 1024

    private let latin1: Bool
    private let byteLimit: Int
    private var form = ReceivedForm()
    private var part: Part?

    private struct Part {
        var name: String
        var text: [UInt8] = []
        var file: ReceivedForm.File?
    }

    init(latin1: Bool, byteLimit: Int) {
        self.latin1 = latin1
        self.byteLimit = byteLimit
    }

    /// Reads the whole form.
    ///
    /// - Parameters:
    ///   - body: The body's bytes.
    ///   - boundary: The boundary of the content type.
    /// - Returns: The form.
    /// - Throws: ``BodyFailure``.
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
                for event in try parser.feed(buffer.readableBytesView) { try take(event) }
            }
            try parser.finish()
        } catch is MultipartParser.Malformed {
            throw BodyFailure.malformed
        }
        return form
    }

    private mutating func take(_ event: MultipartParser.Event) throws {
        switch event {
        case .partBegan(let headers): try begin(headers)
        case .body(let bytes): try append(bytes)
        case .partEnded: end()
        }
    }

    private mutating func begin(_ headers: MultipartHeaders) throws {
        guard form.texts.count + form.files.count < Self.partLimit else { throw BodyFailure.tooLarge }
        let name = MultipartHeaders.text(headers.name, latin1: latin1)
        var new = Part(name: name)
        // Whether a file part needs a file name is open (G5): the names of image parts are enough.
        if headers.fileName != nil || name == "img" || name.hasPrefix("img_") && name != "img_id" {
            let fileName = MultipartHeaders.text(headers.fileName ?? [], latin1: latin1)
            var file = ReceivedForm.File(part: name, name: fileName)
            file.bytes.reserveCapacity(Self.usualFileCount)
            new.file = file
        }
        if name == "msg_id", !form.files.isEmpty { form.hasLateMessageID = true }
        part = new
    }

    private mutating func append(_ bytes: ArraySlice<UInt8>) throws {
        guard part?.file == nil else {
            part?.file?.bytes.append(contentsOf: bytes)
            return
        }
        part?.text.append(contentsOf: bytes)
        guard part?.text.count ?? 0 <= Self.textLimit else { throw BodyFailure.tooLarge }
    }

    private mutating func end() {
        guard let finished = part else { return }
        part = nil
        if let file = finished.file {
            form.files.append(file)
        } else {
            form.texts[finished.name] = String(decoding: finished.text, as: UTF8.self)
        }
    }
}
