// SPDX-License-Identifier: Apache-2.0
import FaceModel
import Foundation
import Testing

@testable import FaceCommands

/// Passwords and passphrases as editors, shells and spreadsheets leave them.
@Suite struct SecretTextTests {
    private static let mark = "\u{FEFF}"

    /// What stands there, and the secret that is meant.
    static let meant: [(text: String, secret: String)] = [
        ("Facelib-2026", "Facelib-2026"), ("Facelib-2026\n", "Facelib-2026"), ("Facelib-2026\r\n", "Facelib-2026"),
        (mark + "Facelib-2026\r\n", "Facelib-2026"), (mark + "Facelib-2026", "Facelib-2026"),
        ("\n\nFacelib-2026\n\n", "Facelib-2026"), ("Facelib-2026\r", "Facelib-2026"), ("пароль 密码\n", "пароль 密码"),
    ]

    @Test(arguments: meant) func whatEditorsAddIsTakenOff(text: String, secret: String) throws {
        var remarks: [String] = []
        #expect(try SecretText.read(Array(text.utf8), as: "password") { remarks.append($0) } == Secret(secret))
        #expect(remarks.isEmpty)
    }

    /// What stands there, kept as it is, and what is said about it.
    static let odd: [(text: String, words: String)] = [
        ("Facelib-2026 \n", "ends in a blank"), ("Facelib-2026\t\r\n", "ends in a blank"),
        ("Facelib-2026\u{A0}", "ends in a blank"), (" Facelib-2026", "begins with a blank"),
        ("Facelib\u{200B}-2026", "U+200B"), ("Facelib-2026\u{FEFF}", "U+FEFF"), ("Facelib-2026\u{7}", "U+0007"),
    ]

    @Test(arguments: odd) func whatSomebodyMayHaveMeantIsKeptAndTold(text: String, words: String) throws {
        var remarks: [String] = []
        let secret = try SecretText.read(Array(text.utf8), as: "password") { remarks.append($0) }
        #expect(secret.revealed == text.trimmingCharacters(in: CharacterSet(charactersIn: "\r\n")))
        #expect(remarks.count == 1 && remarks[0].contains(words), "\(remarks)")
    }

    /// What stands there, and why it is no secret.
    static let refused: [(bytes: [UInt8], words: String)] = [
        ([0xff, 0xfe, 0x61, 0x00, 0x0a, 0x00], "UTF-16"), ([0xfe, 0xff, 0x00, 0x61], "UTF-16"),
        ([0x61, 0x00, 0x62, 0x00], "NUL"), ([0x00, 0x61, 0x00, 0x62], "NUL"), (Array("abc".utf8) + [0], "NUL"),
        ([0x80, 0x91, 0xff, 0x10], "no text in UTF-8"), ([0xef, 0xbb, 0xbf], "on one line"), ([], "on one line"),
        (Array("\r\n".utf8), "on one line"), (Array("one\ntwo".utf8), "on one line"),
        (Array(" \t\n".utf8), "but blanks"),
    ]

    @Test(arguments: refused) func whatIsNoLineOfTextIsRefused(bytes: [UInt8], words: String) {
        let problem = #expect(throws: SecretText.Problem.self) { try SecretText.read(bytes, as: "passphrase") { _ in } }
        #expect(problem?.text.contains(words) == true, "\(String(describing: problem))")
    }

    @Test func allSourcesOfAPasswordAreReadAlike() throws {
        let harness = try CommandHarness()
        let file = try harness.write(Self.mark + "Facelib-2026 \r\n", to: "pw")
        let sources: [PasswordSource] = [
            .file(file), .variable("PW"), .command("printf '\\357\\273\\277Facelib-2026 \\r\\n'"),
        ]
        for source in sources {
            var warnings: [String] = []
            let password = try source.read(
                for: "hq",
                environment: { _ in Self.mark + "Facelib-2026 \r\n" },
                warn: { warnings.append($0) }
            )
            #expect(password == Secret("Facelib-2026 "))
            #expect(
                warnings.count == 1 && warnings[0].hasSuffix("ends in a blank, which counts as part of the password.")
            )
        }
        #expect(throws: CommandError.self) {
            try PasswordSource.command("printf 'a\\0b\\0'").read(for: "hq", environment: { _ in nil }, warn: { _ in })
        }
    }

    @Test func aConfigurationInUTF16SaysSo() async throws {
        let harness = try CommandHarness()
        let path = "\(harness.folder)/config.toml"
        try Data([0xff, 0xfe] + Array("[\u{0}d\u{0}".utf8)).write(to: URL(fileURLWithPath: path))
        let result = await harness.run("device", "list")
        #expect(result.status == 1)
        #expect(result.errors.contains("it is UTF-16") && result.errors.contains("save it as UTF-8."))
    }
}
