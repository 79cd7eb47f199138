// SPDX-License-Identifier: Apache-2.0
import ChildProcess
import FaceTransport
import Foundation
import Testing

/// `openssl s_server` with a certificate made on the spot; the tests are left out where there is no openssl.
private final class TLSServer: Sendable {
    static let openssl: String? = (["/usr/bin/openssl", "/usr/local/bin/openssl"] as [String]).first {
        access($0, X_OK) == 0
    }

    let folder: String
    let port: Int
    private let pid: pid_t

    init(_ more: [String] = []) throws {
        let openssl = try #require(Self.openssl)
        folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        _ = try Self.run(
            openssl,
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                "-subj", "/CN=simulator", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", "\(folder)/key.pem",
                "-out",
                "\(folder)/cert.pem",
            ]
        )
        port = Int.random(in: 20_000...30_000)
        let process = ChildProcess()
        process.executableURL = URL(fileURLWithPath: openssl)
        process.arguments =
            [
                "s_server", "-accept", "127.0.0.1:\(port)", "-cert", "cert.pem", "-key", "key.pem", "-www", "-quiet",
            ] + more
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        pid = process.processIdentifier
    }

    deinit {
        kill(pid, SIGKILL)
        try? FileManager.default.removeItem(atPath: folder)
    }

    var url: String { "https://127.0.0.1:\(port)/" }
    var certificate: String { "\(folder)/cert.pem" }

    /// The pin as OpenSSL computes it.
    func pin() throws -> String {
        let openssl = try #require(Self.openssl)
        let pipeline =
            "\(openssl) x509 -in \(certificate) -pubkey -noout | \(openssl) pkey -pubin -outform DER "
            + "| \(openssl) dgst -sha256 -binary | \(openssl) base64 -A"
        return "sha256//" + (try Self.run("/bin/sh", ["-c", pipeline]))
    }

    /// Waits until the server answers.
    func waitUntilReady() async throws {
        for _ in 0..<200 {
            do {
                _ = try await ServerCertificate.shown(by: url)
                return
            } catch let error as TransportError {
                guard error.code == .unreachable else { return }
                try await Task.sleep(for: .milliseconds(50))
            }
        }
    }

    private static func run(_ program: String, _ arguments: [String]) throws -> String {
        let process = ChildProcess()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: output, as: UTF8.self)
    }
}

@Suite(.timeLimit(.minutes(20)), .enabled(if: TLSServer.openssl != nil)) struct TLSTests {
    @Test func trustDecides() async throws {
        let server = try TLSServer()
        try await server.waitUntilReady()
        let pin = try server.pin()

        func status(_ trust: TLSTrust) async throws -> Int {
            try await HTTPClient.with(trust: trust) { try await $0.send(HTTPRequest(.get, server.url)).status }
        }
        #expect(try await status(.pin(pin)) == 200)
        #expect(try await status(.authorities(file: server.certificate)) == 200)

        let wrong = "sha256//" + String(repeating: "B", count: 42) + "A="
        for trust in [TLSTrust.pin(wrong), .system] {
            let error = await #expect(throws: TransportError.self) { try await status(trust) }
            #expect(error?.code == .certificate)
            #expect(error?.requestWasSent == false)
        }
        let error = await #expect(throws: TransportError.self) { try await status(.pin(wrong)) }
        #expect(error?.certificate?.pin == pin)
        #expect(error?.message.contains(wrong) == true)
        #expect(error?.message.contains(pin) == true)

        let shown = try await ServerCertificate.shown(by: server.url)
        #expect(shown.pin == pin)
        #expect(shown.subject.contains("simulator"))
        #expect(shown.issuer == shown.subject)
        #expect(shown.validFrom.contains("GMT"))
        #expect(shown.validUntil != shown.validFrom)
    }

    @Test(arguments: ["/nowhere.pem", "/etc/hostname"])
    func aFileWithoutAuthoritiesIsNoFaultOfTheCertificate(file: String) async throws {
        let server = try TLSServer()
        try await server.waitUntilReady()
        let error = await #expect(throws: TransportError.self) {
            try await HTTPClient.with(trust: .authorities(file: file)) {
                try await $0.send(HTTPRequest(.get, server.url))
            }
        }
        #expect(error?.code == .authorities)
        #expect(error?.message.contains(file) == true)
    }

    @Test func aServerWhoseTLSIsTooOldIsNotUnreachable() async throws {
        let server = try TLSServer(["-tls1", "-cipher", "ECDHE-ECDSA-AES128-SHA:@SECLEVEL=0"])
        try await server.waitUntilReady()
        let error = await #expect(throws: TransportError.self) { try await ServerCertificate.shown(by: server.url) }
        #expect(error?.code == .handshake)
        #expect(error?.message.contains("too old for this machine") == true)
    }

    @Test(arguments: [
        "", "sha256//", "/etc/passwd", "sha256//abc", "sha1//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    ])
    func whatIsNoPinIsRefusedAtOnce(pin: String) {
        let error = #expect(throws: TransportError.self) { try HTTPClient(trust: .pin(pin)) }
        #expect(error?.code == .invalidRequest)
    }

    @Test func aPlainAddressHasNoCertificate() async {
        let error = await #expect(throws: TransportError.self) {
            try await ServerCertificate.shown(by: "http://127.0.0.1")
        }
        #expect(error?.code == .invalidRequest)
    }
}
