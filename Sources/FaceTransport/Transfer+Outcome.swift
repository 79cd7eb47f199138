// SPDX-License-Identifier: Apache-2.0
import CLibcurl

extension Transfer {
    /// What came of the exchange, as libcurl ended it.
    func outcome(of status: CURLcode) -> Result<HTTPResponse, any Error> {
        if let fileError { return .failure(fileError) }
        guard status == CURLE_OK else { return .failure(error(for: status)) }
        guard headersEnded else {
            var error = TransportError(.connectionLost, "the connection was closed within the headers of the answer")
            error.requestWasSent = true
            return .failure(error)
        }
        var code = 0
        _ = fl_curl_getinfo_long(easy, CURLINFO_RESPONSE_CODE, &code)
        return .success(HTTPResponse(status: code, body: received, byteCount: receivedCount, headers: headers))
    }

    /// The headers of the answer, names in lower case; of several of one name the last.
    private var headers: [String: String] {
        var headers: [String: String] = [:]
        var entry = curl_easy_nextheader(easy, UInt32(CURLH_HEADER), -1, nil)
        while let current = entry {
            headers[String(cString: current.pointee.name).lowercased()] = String(cString: current.pointee.value)
            entry = curl_easy_nextheader(easy, UInt32(CURLH_HEADER), -1, current)
        }
        return headers
    }

    private func error(for status: CURLcode) -> TransportError {
        let text = libraryText.isEmpty ? String(cString: curl_easy_strerror(status)) : libraryText
        var error = TransportError(code(for: status, text), sentence(for: status, text))
        error.underlying = .init(code: Int32(status.rawValue), text: text)
        error.bodyBytesSent = upload.position
        switch error.code {
        case .unreachable, .certificate, .handshake, .authorities, .invalidRequest: break
        default:
            // Bytes that libcurl took may still lie in its buffer: in doubt the request counts as sent.
            error.requestWasSent = upload.isExhausted || status == CURLE_SEND_FAIL_REWIND && upload.position > 0
        }
        if status == CURLE_SSL_PINNEDPUBKEYNOTMATCH, case .pin(let pin) = trust {
            error.certificate = shownPin.map { ServerCertificate(pin: $0, facts: certificateFacts) }
            error.message = "the server's key does not match the pin: expected \(pin), shown \(shownPin ?? "unknown")"
        }
        if isOverLimit {
            error.message = "the answer is larger than \(request.maximumResponseBytes) bytes"
        }
        return error
    }

    /// What happened, in libcurl's words where those say it, else in ours.
    private func sentence(for status: CURLcode, _ text: String) -> String {
        switch status {
        case CURLE_GOT_NOTHING, CURLE_SEND_FAIL_REWIND: "the connection was closed without an answer"
        case CURLE_BAD_CONTENT_ENCODING: "it is packed in a way that cannot be unpacked: \(text)"
        case CURLE_SSL_CACERT_BADFILE: "the file of authorities holds no certificate in PEM form: \(text)"
        case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER, CURLE_SSL_CLIENTCERT:
            HandshakeFailure(text).map { "\($0.sentence) (\(text))" } ?? "within the TLS handshake: \(text)"
        default: text
        }
    }

    private func code(for status: CURLcode, _ text: String) -> TransportError.Code {
        if isOverLimit { return .responseTooLarge }
        switch status {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT, CURLE_OUT_OF_MEMORY:
            return .unreachable
        case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER, CURLE_SSL_CLIENTCERT:
            return HandshakeFailure(text) == nil ? .unreachable : .handshake
        case CURLE_SSL_CACERT_BADFILE: return .authorities
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_PINNEDPUBKEYNOTMATCH,
            CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CERTPROBLEM, CURLE_SSL_INVALIDCERTSTATUS:
            return .certificate
        case CURLE_GOT_NOTHING, CURLE_SEND_FAIL_REWIND: return .connectionLost
        case CURLE_BAD_CONTENT_ENCODING: return .protocolViolation
        case CURLE_URL_MALFORMAT: return .invalidRequest
        case CURLE_UNSUPPORTED_PROTOCOL: return isConnected ? .protocolViolation : .invalidRequest
        case CURLE_WEIRD_SERVER_REPLY: return .protocolViolation
        case CURLE_FILESIZE_EXCEEDED: return .responseTooLarge
        case CURLE_OPERATION_TIMEDOUT: return isConnected ? .timedOut : .unreachable
        default: return isConnected ? .connectionLost : .unreachable
        }
    }

    /// Whether the connection stood, TLS included, and the request was begun.
    private var isConnected: Bool {
        var microseconds: curl_off_t = 0
        _ = fl_curl_getinfo_off(easy, CURLINFO_PRETRANSFER_TIME_T, &microseconds)
        return microseconds > 0
    }

    /// The lines `Name:value` that libcurl keeps of the server's own certificate.
    private var certificateFacts: [String: String] {
        var chain: UnsafeMutablePointer<curl_certinfo>?
        guard fl_curl_getinfo_certinfo(easy, &chain) == CURLE_OK, let chain, chain.pointee.num_of_certs > 0 else {
            return [:]
        }
        var facts: [String: String] = [:]
        var entry = chain.pointee.certinfo?[0]
        while let current = entry {
            let line = String(cString: current.pointee.data)
            if let colon = line.firstIndex(of: ":") {
                facts[String(line[..<colon])] = String(line[line.index(after: colon)...])
            }
            entry = current.pointee.next
        }
        return facts
    }
}
