// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Devices whose certificate or TLS is refused: one sentence that says what, where and what to do, status 6, nothing
/// sent; and what it says helps.
@Suite(.serialized, .timeLimit(.minutes(15))) struct CertificateTests {
    /// How the configuration says that the certificate is verified.
    enum Trust: Sendable {
        case system, itsAuthority, otherAuthority, otherPin
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let trust: Trust
        let says: [String]
        var authoritySpan = TestAuthority.Span.now
        let issue: @Sendable (TestAuthority, URL) throws -> Void

        init(
            _ name: String,
            _ trust: Trust,
            _ says: [String],
            authority span: TestAuthority.Span = .now,
            issue: @escaping @Sendable (TestAuthority, URL) throws -> Void = { try $0.issue(into: $1) }
        ) {
            (testDescription, self.trust, self.says, authoritySpan, self.issue) = (name, trust, says, span, issue)
        }
    }

    static let cases = [
        Case(
            "expired",
            .itsAuthority,
            [
                "expired on 2024-03-05 10:11:12 UTC: give the device a new one", "which shows 20",
                "take the line ca_file out",
            ]
        ) { try $0.issue(into: $1, valid: .past) },
        Case(
            "not yet valid",
            .itsAuthority,
            [
                "is not valid before 2099-01-02 03:04:05 UTC: is this computer's clock right, which shows 20",
                "take the line ca_file out",
            ]
        ) { try $0.issue(into: $1, valid: .future) },
        Case(
            "an authority that expired",
            .itsAuthority,
            ["by an authority whose own certificate has expired: put its new one into FOLDER/authority.pem, see that"],
            authority: .past
        ),
        Case(
            "an authority that is not yet valid",
            .itsAuthority,
            ["by an authority whose own certificate is not valid yet: is this computer's clock right, which shows 20"],
            authority: .future
        ),
        Case(
            "for another host",
            .itsAuthority,
            ["is for a.example, b.example, 10.0.0.7 and 1 more, not for 127.0.0.1: write in the url of hq a name"]
        ) {
            try $0.issue(
                into: $1,
                hosts: ["a.example", "b.example"],
                addresses: [[10, 0, 0, 7], [10, 0, 0, 8]]
            )
        },
        Case("self-signed", .system, ["is self-signed, so that nobody vouches for it: compare it on the device"]) {
            try $0.issue(into: $1, isSelfSigned: true)
        },
        Case(
            "self-signed beside an authority",
            .otherAuthority,
            [
                "is self-signed and not in FOLDER/other.pem: name in ca_file the file that holds it, or take the line ca_file out"
            ]
        ) { try $0.issue(into: $1, isSelfSigned: true) },
        Case(
            "an authority of one's own",
            .system,
            ["was signed by CN = Authority, which this computer does not know: compare it on the device"]
        ),
        Case(
            "another authority",
            .otherAuthority,
            [
                "was signed by CN = Authority, which is not in FOLDER/other.pem: name the right file in ca_file, or take the line"
            ]
        ),
        Case(
            "another key than the pinned one",
            .otherPin,
            ["is not the one that is pinned: its key is sha256//", "the pin is \(otherPin);", "somebody in between"]
        ),
    ]

    static let otherPin = "sha256//" + String(repeating: "B", count: 42) + "A="

    @Test(arguments: cases) func aCertificateIsRefusedInOneSentenceThatHelps(_ bad: Case) async throws {
        try await Self.with(bad) { place in
            let ended = try await place.facelib("library", "list", "hq")
            #expect(ended.status == 6)
            #expect(ended.errors.hasPrefix("Error: the certificate of device hq at \(place.device.url) "))
            for words in bad.says + ["facelib device trust hq"] {
                let words = words.replacing("FOLDER", with: place.folder.path)
                #expect(ended.errors.contains(words), "\(ended.errors)")
            }
            #expect(ended.errors.split(separator: "\n").count == 1)
            #expect(try await place.device.state().calls.isEmpty)

            // What was said to do.
            try place.configure(bad.trust == .otherPin ? bad.trust : .system)
            let replace = bad.trust == .otherPin ? ["--replace"] : []
            let trusted = try await place.start(["device", "trust", "hq", "--yes"] + replace).wait()
            #expect(trusted.status == 0, "\(trusted.errors)")
            let again = try await place.facelib("library", "list", "hq")
            #expect(again.status == 0, "\(again.errors)")
        }
    }

    @Test func aCertificateOfAKnownAuthorityIsTaken() async throws {
        try await Self.with(Case("a good one", .itsAuthority, [])) { place in
            let ended = try await place.facelib("library", "list", "hq")
            #expect(ended.status == 0, "\(ended.errors)")
        }
    }

    @Test(arguments: ["1.0", "1.1"], [Trust.system, .itsAuthority, .otherPin])
    func oldTLSIsRefusedInOneSentence(_ version: String, _ trust: Trust) async throws {
        try await Self.with(Case("a good one", trust, []), ["--quirk", "tls_old=\(version)"]) { place in
            let commands = ["library list hq"] + (trust == .itsAuthority ? [] : ["device trust hq --yes --replace"])
            for command in commands {
                let ended = try await place.start(command.split(separator: " ").map(String.init)).wait()
                #expect(ended.status == 6, "\(ended.errors)")
                #expect(ended.errors.contains("device hq at \(place.device.url)"), "\(ended.errors)")
                #expect(
                    ended.errors.contains("its TLS is too old for this machine, which refuses such versions: bring"),
                    "\(ended.errors)"
                )
                #expect(!ended.errors.contains("device trust"), "\(ended.errors)")
                #expect(ended.errors.split(separator: "\n").count == 1)
            }
        }
    }

    /// Runs a body with a device that shows a certificate.
    private static func with(
        _ made: Case,
        _ flags: [String] = [],
        _ body: (Workplace) async throws -> Void
    ) async throws {
        let stock = FileManager.default.temporaryDirectory.appending(path: "facelib-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: stock) }
        let authority = try TestAuthority("Authority")
        try made.issue(authority, stock)
        try await Workplace.with(["--tls"] + flags, stock: stock) { place in
            try authority.write(to: place.folder.appending(path: "authority.pem"), valid: made.authoritySpan)
            try TestAuthority("Other").write(to: place.folder.appending(path: "other.pem"))
            try place.configure(made.trust)
            try await body(place)
        }
    }
}

extension Workplace {
    /// Writes how the device's certificate is verified into the configuration.
    fileprivate func configure(_ trust: CertificateTests.Trust) throws {
        let file = folder.appending(path: "config.toml")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").filter {
            !$0.hasPrefix("pin") && !$0.hasPrefix("ca_file")
        }
        let line =
            switch trust {
            case .system: ""
            case .itsAuthority: "ca_file = \"authority.pem\""
            case .otherAuthority: "ca_file = \"other.pem\""
            case .otherPin: "pin = \"\(CertificateTests.otherPin)\""
            }
        try Data((lines + [line[...]]).joined(separator: "\n").utf8).write(to: file)
    }
}
