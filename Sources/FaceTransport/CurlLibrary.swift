// SPDX-License-Identifier: Apache-2.0
import CLibcurl
import Glibc

/// libcurl's process-wide state.
enum CurlLibrary {
    /// Sets libcurl up, once for the process.
    static func prepare() throws(TransportError) {
        let status = started
        guard status == CURLE_OK else {
            throw TransportError(.unreachable, "libcurl did not start: \(String(cString: curl_easy_strerror(status)))")
        }
    }

    private static let started: CURLcode = {
        keepOpenSSLUntilTheEnd()
        return curl_global_init(Int(CURL_GLOBAL_ALL))
    }()

    /// Tells OpenSSL not to tear itself down at exit, where it would race with a connection that still lives.
    private static func keepOpenSSLUntilTheEnd() {
        typealias Initialise = @convention(c) (UInt64, OpaquePointer?) -> CInt
        let noAtExit: UInt64 = 0x0008_0000
        // Looked up by name because libcurl may have been built with another TLS library.
        guard let symbol = dlsym(nil, "OPENSSL_init_crypto") else { return }
        _ = unsafeBitCast(symbol, to: Initialise.self)(noAtExit, nil)
    }
}
