// SPDX-License-Identifier: Apache-2.0
import FaceModel
import FaceTransport

extension HTTPDevice {
    /// Stores a batch under batch file names (1052 or 1030, as configured) and reads its result CSV.
    ///
    /// Any code of the device's is a reply, not an error: also with a code other than 0 part of the batch
    /// may be stored (interface B6).
    ///
    /// - Throws: ``DeviceError`` for the transport, the login, missing permission, and
    ///   ``DeviceError/Code/refused`` for a portrait that no batch file name can carry; `CancellationError`.
    public func storeBatch(_ batch: OutgoingBatch, in library: Int) async throws -> BatchReply {
        let items = try batch.portraits.map { portrait in
            guard let fileName = portrait.batchFileName(in: settings.upload) else {
                throw DeviceError(.refused, "portrait \(portrait.id) has values that no batch file name can carry")
            }
            return (fileName: fileName, image: portrait.image)
        }
        let limits = Limits.upload(bytes: items.reduce(0) { $0 + $1.image.bytes.count }, images: items.count)
        let reply: Reply
        switch settings.upload {
        case .json:
            var message = MessageWriter(.storeJSONBatch)
            message.field("lib_id", library)
            message.field("uuid", batch.uuid)
            message.images("imgs", items)
            reply = try await exchange(.storeJSONBatch, message.finish(), limits: limits)
        case .form:
            let form = Self.form(batch.uuid, library, items)
            reply = try await exchange(.storeFormBatch, .multipart(form), limits: limits)
        }
        return try await verdicts(of: reply, ids: batch.portraits.map(\.id), fileNames: items.map(\.fileName))
    }

    private static func form(
        _ uuid: String,
        _ library: Int,
        _ items: [(fileName: String, image: OutgoingImage)]
    ) -> [MultipartPart] {
        let texts = [
            MultipartPart("msg_id", .text(Message.storeFormBatch.id)), MultipartPart("lib_id", .text(String(library))),
            MultipartPart("uuid", .text(uuid)),
        ]
        let files = items.enumerated().map { index, item in
            MultipartPart(
                "img_\(index + 1)",
                .file(name: item.fileName, contentType: item.image.contentType, bytes: item.image.bytes)
            )
        }
        return texts + files
    }

    private func verdicts(of reply: Reply, ids: [PortraitID], fileNames: [String]) async throws -> BatchReply {
        var result = BatchReply(
            code: reply.code,
            message: reply.message,
            errorCount: reply.data["err_count"]?.integer,
            verdicts: [:],
            csvProblem: nil
        )
        let path = reply.data.text(of: "url")
        guard !path.isEmpty else {
            if let count = result.errorCount, count > 0 {
                result.csvProblem = "the device refused \(counted(count, "image")) and named no result file"
            }
            return result
        }
        do {
            let csv = ResultCSV(try await download(path), ids: ids, fileNames: fileNames)
            result.verdicts = csv.verdicts
            result.csvProblem = csv.problem(errorCount: result.errorCount)
        } catch let error as DeviceError {
            result.csvProblem = "the result file could not be fetched: \(error.message)"
        }
        return result
    }
}
