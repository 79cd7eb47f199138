// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTypes
import Hummingbird
import SystemPackage

/// The files under `/ws/`: pictures and result CSVs (E1, E13, S8).
struct Downloads: Sendable {
    let appliance: Appliance
    private let files = FileIO()
    /// How much of a file is sent at a time; every piece crosses from thread to thread.
    private static let pieceCount = 512 * 1024

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
        let folder = appliance.store.folder
        guard let path = folder.served(relative), let size = folder.size(of: path) else {
            return Response(status: .notFound)
        }
        let file = path.string
        if hasExpired(relative) { return Response(status: .notFound) }
        let isCut = appliance.counters.countDownload(isCutEvery: quirks.number(.cutDownload))
        let headers: HTTPFields = [.contentType: Self.type(of: relative), .acceptRanges: "bytes"]
        if isCut {
            let half = CutBody.half(of: FilePath(file), count: size, of: context.channel)
            return Response(status: .ok, headers: headers, body: half)
        }
        guard let text = request.headers[.range] else {
            let body = try await whole(relative, size, context)
            return Response(status: .ok, headers: headers, body: quirks[.noContentLength] ? Self.chunked(body) : body)
        }
        guard let range = Self.range(text, size: size) else {
            return Response(status: .rangeNotSatisfiable, headers: [.contentRange: "bytes */\(size)"])
        }
        var partHeaders = headers
        partHeaders[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound)/\(size)"
        let body = try await files.loadFile(path: file, range: range, context: context, chunkLength: Self.pieceCount)
        return Response(status: .partialContent, headers: partHeaders, body: body)
    }

    /// Whether an archive is too old to be there; then it is removed (E9).
    private func hasExpired(_ path: String) -> Bool {
        guard let seconds = appliance.quirks.number(.tmpExpire), seconds > 0,
            appliance.archives.hasExpired(path, after: seconds, now: appliance.clock.now)
        else { return false }
        appliance.store.folder.remove(appliance.store.folder.file(path))
        return true
    }

    /// A whole file; an archive that goes after its first fetch is out of everybody else's reach from here on (E9).
    private func whole(_ path: String, _ size: Int, _ context: DeviceContext) async throws -> ResponseBody {
        let folder = appliance.store.folder
        guard size > 0 else { return ResponseBody() }
        guard appliance.quirks.number(.tmpExpire) == 0, appliance.archives.holds(path) else {
            return try await files.loadFile(
                path: folder.file(path).string,
                context: context,
                chunkLength: Self.pieceCount
            )
        }
        let last = folder.incomingPath()
        try folder.move(folder.file(path), to: last)
        let body = try await files.loadFile(path: last.string, context: context, chunkLength: Self.pieceCount)
        return ResponseBody(contentLength: size) { writer in
            defer { folder.remove(last) }
            try await body.write(writer)
        }
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

    private static func type(of path: String) -> String {
        let types = [
            "jpg": "image/jpeg", "png": "image/png", "bmp": "image/bmp", "tif": "image/tiff", "csv": "text/csv",
            "zip": "application/zip",
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
