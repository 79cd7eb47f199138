// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import FaceTransport

@Suite struct HandshakeFailureTests {
    @Test(arguments: [
        ("error:0A00014D:SSL routines::legacy sigalg disallowed or unsupported", HandshakeFailure.version),
        ("error:0A000102:SSL routines::unsupported protocol", .version),
        ("error:0A00042E:SSL routines::tlsv1 alert protocol version", .version),
        ("error:0A000410:SSL routines::sslv3 alert handshake failure", .cipher),
        ("error:0A00018A:SSL routines::dh key too small", .weakKey),
        ("error:0A00018F:SSL routines::ee key too small", .weakKey),
        ("error:0A000152:SSL routines::unsafe legacy renegotiation disabled", .renegotiation),
        ("error:0A00010B:SSL routines::wrong version number", .plainText),
        ("error:0A00045C:SSL routines::tlsv13 alert certificate required", .clientCertificate),
        ("error:0A000458:SSL routines::tlsv1 unrecognized name", .serverName),
        ("error:0A000438:SSL routines::tlsv1 alert internal error", .other),
    ])
    func whatTheTwoSidesCouldNotAgreeOnIsRead(text: String, kind: HandshakeFailure) {
        #expect(HandshakeFailure("OpenSSL/3.0.19: \(text)") == kind)
    }

    @Test(arguments: [
        "OpenSSL SSL_connect: Connection reset by peer in connection to 10.5.2.81:443 ",
        "OpenSSL/3.0.19: error:0A000126:SSL routines::unexpected eof while reading",
    ])
    func aConnectionThatBreaksMayPass(text: String) { #expect(HandshakeFailure(text) == nil) }
}
