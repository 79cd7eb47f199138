// SPDX-License-Identifier: Apache-2.0
import CLibcurl

/// One exchange: owns the easy handle and everything that libcurl's callbacks reach through it.
///
/// Lives in ``CurlMulti`` from registration to the end and is touched on the loop's thread only.
final class Transfer {
    let easy: UnsafeMutableRawPointer
    let continuation: CheckedContinuation<HTTPResponse, any Error>
    let request: HTTPRequest
    let trust: TLSTrust
    /// Whether a kept connection should have been there for it.
    var expectsKeptConnection = false
    var upload: BodyStream
    private var headerLines: UnsafeMutablePointer<curl_slist>?
    private let errorText: UnsafeMutablePointer<CChar>
    private(set) var received: [UInt8] = []
    private(set) var receivedCount = 0
    private(set) var isOverLimit = false
    /// Where a body of success goes, when not into memory.
    private let file: ResponseFile?
    /// Why the file could not be written.
    private(set) var fileError: TransportError?
    /// Whether the empty line after the headers came; libcurl takes headers that are cut for an answer.
    private(set) var headersEnded = false
    /// The pin that libcurl computed of the key the server showed.
    private(set) var shownPin: String?

    init(
        _ request: HTTPRequest,
        trust: TLSTrust,
        continuation: CheckedContinuation<HTTPResponse, any Error>
    ) throws(TransportError) {
        var contentType: String?
        switch request.body {
        case .none: upload = BodyStream([])
        case .segments(let segments, let type):
            upload = BodyStream(segments)
            contentType = type
        case .multipart(let parts):
            let form = MultipartEncoding(parts)
            upload = BodyStream(form.segments)
            contentType = form.contentType
        }
        let lines = try Self.headerLines(request, contentType: contentType)
        var file: ResponseFile?
        if let path = request.file { file = try ResponseFile(creating: path) }
        self.file = file
        guard let easy = curl_easy_init() else {
            throw TransportError(.unreachable, "libcurl gave no handle: out of memory")
        }
        self.easy = easy
        self.continuation = continuation
        self.request = request
        self.trust = trust
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        for line in lines { headerLines = curl_slist_append(headerLines, line) }
        configure()
    }

    deinit {
        curl_easy_cleanup(easy)
        curl_slist_free_all(headerLines)
        errorText.deallocate()
    }

    /// Chooses the connection, before the transfer starts.
    func take(_ choice: ConnectionHabit.Choice, recentSeconds: Int) {
        switch choice {
        case .kept: break
        case .recent: _ = fl_curl_setopt_long(easy, CURLOPT_MAXAGE_CONN, recentSeconds)
        case .fresh: _ = fl_curl_setopt_long(easy, CURLOPT_FRESH_CONNECT, 1)
        case .single:
            _ = fl_curl_setopt_long(easy, CURLOPT_FRESH_CONNECT, 1)
            _ = fl_curl_setopt_long(easy, CURLOPT_FORBID_REUSE, 1)
        }
    }

    /// How many connections libcurl made for the transfer; 0 when it left on a kept one.
    var newConnections: Int {
        var count = 0
        _ = fl_curl_getinfo_long(easy, CURLINFO_NUM_CONNECTS, &count)
        return count
    }

    /// Ends the transfer for whoever waits; a file stays only for an answer that belongs into it.
    func finish(_ outcome: Result<HTTPResponse, any Error>) {
        var outcome = outcome
        if let file {
            if case .success(let response) = outcome, (200..<300).contains(response.status) {
                do throws(TransportError) { try file.keep() } catch { outcome = .failure(error) }
            }
            // Before the answer is known: the same file may be made anew at once.
            file.discard()
        }
        continuation.resume(with: outcome)
    }

    /// What libcurl wrote about its failure.
    var libraryText: String { String(cString: errorText) }

    /// The header lines for libcurl; no value may end its line.
    private static func headerLines(_ request: HTTPRequest, contentType: String?) throws(TransportError) -> [String] {
        // libcurl would otherwise wait a second for the server to say "100 Continue".
        var lines = ["Expect:"]
        if let contentType { lines.append("Content-Type: \(contentType)") }
        for header in request.headers {
            let line = "\(header.name): \(header.value)"
            guard line.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
                throw TransportError(.invalidRequest, "the value of the header \(header.name) holds control characters")
            }
            lines.append(line)
        }
        return lines
    }

    private func configure() {
        let context = Unmanaged.passUnretained(self).toOpaque()
        _ = fl_curl_setopt_ptr(easy, CURLOPT_ERRORBUFFER, errorText)
        _ = fl_curl_setopt_str(easy, CURLOPT_URL, request.url)
        _ = fl_curl_setopt_slist(easy, CURLOPT_HTTPHEADER, headerLines)
        configureConnection()
        configureTrust(context)
        _ = fl_curl_setopt_ptr(easy, CURLOPT_WRITEDATA, context)
        _ = fl_curl_setopt_write(easy, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            guard let bytes, let context else { return 0 }
            let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
            return transfer.receive(UnsafeRawBufferPointer(start: bytes, count: size * count))
        }
        _ = fl_curl_setopt_ptr(easy, CURLOPT_HEADERDATA, context)
        _ = fl_curl_setopt_write(easy, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            guard let bytes, let context else { return 0 }
            let isBlank = size * count > 0 && (bytes[0] == 0x0D || bytes[0] == 0x0A)
            if isBlank { Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue().headersEnded = true }
            return size * count
        }
        guard request.method == .post else { return }
        _ = fl_curl_setopt_long(easy, CURLOPT_POST, 1)
        _ = fl_curl_setopt_off(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(upload.count))
        _ = fl_curl_setopt_ptr(easy, CURLOPT_READDATA, context)
        _ = fl_curl_setopt_read(easy, CURLOPT_READFUNCTION) { buffer, size, count, context in
            guard let buffer, let context else { return Int(CURL_READFUNC_ABORT) }
            let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
            return transfer.upload.read(into: UnsafeMutableRawBufferPointer(start: buffer, count: size * count))
        }
        _ = fl_curl_setopt_ptr(easy, CURLOPT_SEEKDATA, context)
        _ = fl_curl_setopt_seek(easy, CURLOPT_SEEKFUNCTION) { context, offset, origin in
            guard let context, offset == 0, origin == 0 else { return CInt(CURL_SEEKFUNC_FAIL) }
            let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
            // libcurl by itself repeats a POST on a new connection when a kept one breaks without an
            // answer. A write must not be sent twice: refusing the rewind ends the transfer instead.
            guard transfer.request.mayRepeat else { return CInt(CURL_SEEKFUNC_FAIL) }
            transfer.upload.rewind()
            return CInt(CURL_SEEKFUNC_OK)
        }
    }

    private func configureConnection() {
        _ = fl_curl_setopt_str(easy, CURLOPT_PROTOCOLS_STR, "http,https")
        _ = fl_curl_setopt_long(easy, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
        _ = fl_curl_setopt_long(easy, CURLOPT_FOLLOWLOCATION, 0)
        _ = fl_curl_setopt_long(easy, CURLOPT_PATH_AS_IS, 1)
        _ = fl_curl_setopt_str(easy, CURLOPT_PROXY, "")
        _ = fl_curl_setopt_str(easy, CURLOPT_USERAGENT, "facelib")
        _ = fl_curl_setopt_long(easy, CURLOPT_NOSIGNAL, 1)
        _ = fl_curl_setopt_long(easy, CURLOPT_QUICK_EXIT, 1)
        _ = fl_curl_setopt_long(easy, CURLOPT_TCP_NODELAY, 1)
        _ = fl_curl_setopt_long(easy, CURLOPT_TCP_KEEPALIVE, 1)
        // Asks for what is not packed, and yet unpacks what comes packed; ``receive(_:)`` counts what was unpacked.
        _ = fl_curl_setopt_str(easy, CURLOPT_ACCEPT_ENCODING, "identity")
        _ = fl_curl_setopt_long(easy, CURLOPT_BUFFERSIZE, 128 << 10)
        _ = fl_curl_setopt_long(easy, CURLOPT_UPLOAD_BUFFERSIZE, 256 << 10)
        _ = fl_curl_setopt_long(easy, CURLOPT_CONNECTTIMEOUT_MS, request.connectTimeout.wholeMilliseconds)
        _ = fl_curl_setopt_long(easy, CURLOPT_TIMEOUT_MS, request.deadline.wholeMilliseconds)
        _ = fl_curl_setopt_long(easy, CURLOPT_LOW_SPEED_LIMIT, 1)
        _ = fl_curl_setopt_long(easy, CURLOPT_LOW_SPEED_TIME, max(1, Int(request.stall.components.seconds)))
    }

    private func configureTrust(_ context: UnsafeMutableRawPointer) {
        switch trust {
        case .system: break
        case .authorities(let file):
            _ = fl_curl_setopt_str(easy, CURLOPT_CAINFO, file)
        case .pin(let pin):
            _ = fl_curl_setopt_long(easy, CURLOPT_SSL_VERIFYPEER, 0)
            _ = fl_curl_setopt_long(easy, CURLOPT_SSL_VERIFYHOST, 0)
            _ = fl_curl_setopt_str(easy, CURLOPT_PINNEDPUBLICKEY, pin)
            // What the server shows instead is in libcurl's trace and certificate list only.
            _ = fl_curl_setopt_long(easy, CURLOPT_CERTINFO, 1)
            _ = fl_curl_setopt_long(easy, CURLOPT_VERBOSE, 1)
            _ = fl_curl_setopt_ptr(easy, CURLOPT_DEBUGDATA, context)
            _ = fl_curl_setopt_debug(easy, CURLOPT_DEBUGFUNCTION) { _, kind, text, count, context in
                if kind == CURLINFO_TEXT, let text, let context {
                    let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
                    transfer.trace(UnsafeRawBufferPointer(start: text, count: count))
                }
                return 0
            }
        }
    }

    /// Keeps the one line of libcurl's trace that names the key's pin.
    private func trace(_ line: UnsafeRawBufferPointer) {
        let text = String(decoding: line, as: UTF8.self)
        guard text.contains("public key hash:"), let word = text.split(whereSeparator: \.isWhitespace).last else {
            return
        }
        if TLSTrust.isPin(String(word)) { shownPin = String(word) }
    }

    /// Takes a part of the body; a short count makes libcurl end the transfer.
    private func receive(_ bytes: UnsafeRawBufferPointer) -> Int {
        let target = isSuccess ? file : nil
        // Only a body of success may be as large as a file: an error's words stay in memory.
        let limit = file != nil && target == nil ? Self.longestErrorBody : request.maximumResponseBytes
        guard bytes.count <= limit - receivedCount else {
            isOverLimit = true
            return 0
        }
        do throws(TransportError) { try target?.write(bytes) } catch {
            fileError = error
            return 0
        }
        keepInMemory(target == nil ? bytes : .init(rebasing: bytes.prefix(HTTPResponse.beginning - received.count)))
        receivedCount += bytes.count
        return bytes.count
    }

    private func keepInMemory(_ bytes: UnsafeRawBufferPointer) {
        if received.isEmpty, file == nil {
            var length: curl_off_t = 0
            _ = fl_curl_getinfo_off(easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length)
            received.reserveCapacity(max(bytes.count, min(Int(length), request.maximumResponseBytes)))
        }
        received.append(contentsOf: bytes)
    }

    private static let longestErrorBody = 1 << 20

    private var isSuccess: Bool {
        var status = 0
        _ = fl_curl_getinfo_long(easy, CURLINFO_RESPONSE_CODE, &status)
        return (200..<300).contains(status)
    }
}

extension Duration {
    /// Milliseconds, at least 1: libcurl takes 0 for "no limit".
    fileprivate var wholeMilliseconds: Int {
        let (seconds, attoseconds) = components
        return max(1, Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000))
    }
}
