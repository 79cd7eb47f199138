// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTypes
import Hummingbird
import SystemPackage

/// The files under `/ws/`: pictures and result CSVs (E1, E13, S8).
struct Downloads: Sendable {
    let appliance: Appliance
    private let files = FileIO()

    init(appliance: Appliance) {
        self.appliance = appliance
    }

    /// Answers a download.
    ///
    /// - Parameters:
    ///   - path: The path after `/ws/`, still percent-encoded.
    ///   - request: The request.
    ///   - context: Its connection.
    /// - Returns: The file, a part of it, or why not.
    /// - Throws: What reading the file threw.
    func respond(_ path: String, to request: Request, context: DeviceContext) async throws -> Response {
        let quirks = appliance.quirks
        if quirks[.downloadNeedsSession], !appliance.sessions.isOpen(request.headers[DeviceResponder.sessionHeader]) {
            return refusal()
        }
        let relative = String((path.removingPercentEncoding ?? path).drop { $0 == "/" })
        guard let file = appliance.store.folder.served(relative)?.string, let size = Self.size(of: file) else {
            return Response(status: .notFound)
        }
        let isCut = appliance.counters.countDownload(isCutEvery: quirks.number(.cutDownload))
        let headers: HTTPFields = [.contentType: Self.type(of: relative), .acceptRanges: "bytes"]
        if isCut {
            let bytes = try appliance.store.folder.read(appliance.store.folder.file(relative))
            return Response(status: .ok, headers: headers, body: CutBody.half(bytes, of: context.channel))
        }
        guard let text = request.headers[.range] else {
            let body = size == 0 ? ResponseBody() : try await files.loadFile(path: file, context: context)
            return Response(status: .ok, headers: headers, body: quirks[.noContentLength] ? Self.chunked(body) : body)
        }
        guard let range = Self.range(text, size: size) else {
            return Response(status: .rangeNotSatisfiable, headers: [.contentRange: "bytes */\(size)"])
        }
        var partHeaders = headers
        partHeaders[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound)/\(size)"
        let body = try await files.loadFile(path: file, range: range, context: context)
        return Response(status: .partialContent, headers: partHeaders, body: body)
    }

    private func refusal() -> Response {
        guard appliance.quirks.word(.downloadNeedsSession) == "json" else { return Response(status: .unauthorized) }
        let bytes = ReplyEncoder(quirks: appliance.quirks).encode(.failure(DeviceFault(appliance.quirks.sessionCode)))
        return Response(
            status: .ok,
            headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }

    private static func chunked(_ body: ResponseBody) -> ResponseBody {
        ResponseBody { writer in try await body.write(writer) }
    }

    private static func size(of file: String) -> Int? {
        (try? FileManager.default.attributesOfItem(atPath: file))?[.size] as? Int
    }

    private static func type(of path: String) -> String {
        let types = [
            "jpg": "image/jpeg", "png": "image/png", "bmp": "image/bmp", "tif": "image/tiff", "csv": "text/csv",
        ]
        return types[path.split(separator: ".").last.map(String.init) ?? ""] ?? "application/octet-stream"
    }

    /// A single `bytes=` range inside the file.
    private static func range(_ text: String, size: Int) -> ClosedRange<Int>? {
        guard text.hasPrefix("bytes="), size > 0 else { return nil }
        let ends = text.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2 else { return nil }
        if ends[0].isEmpty {
            guard let count = Int(ends[1]), count > 0 else { return nil }
            return max(0, size - count)...(size - 1)
        }
        guard let start = Int(ends[0]), start >= 0, start < size else { return nil }
        guard !ends[1].isEmpty else { return start...(size - 1) }
        guard let end = Int(ends[1]), end >= start else { return nil }
        return start...min(end, size - 1)
    }
}
