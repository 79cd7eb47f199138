// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceModel
import Testing

@testable import FaceCommands

@Suite struct ConfigurationTests {
    private static let least =
        "[devices.hq]\nurl = \"https://10.5.2.81\"\nuser = \"admin\"\npassword_file = \"hq.pw\"\n"
    private static let pin = "sha256//" + String(repeating: "A", count: 43) + "="

    @Test func fourLinesAreEnough() throws {
        let device = try Configuration(Self.least, path: "/etc/f/c.toml").device(named: "hq")
        #expect(device.url.text == "https://10.5.2.81")
        #expect(device.user == "admin")
        #expect(device.password == .file("/etc/f/hq.pw"))
        #expect(device.trust == .system)
        #expect(device.upload == .json)
        #expect((device.batchSize, device.batchBytes) == (20, 8_388_608))
        #expect((device.connections, device.maxSide, device.maxImageBytes) == (2, 1280, 524_288))
    }

    @Test func everySettingIsRead() throws {
        let text = """
            [devices.hq]
            url = "http://box:8080/"
            user = "u"
            password_command = "pass show hq"
            upload = "form"
            batch_size = 50
            batch_bytes = 1_000_000
            connections = 1
            max_side = 2000
            max_image_bytes = 600000
            [devices.b]
            url = "https://[fe80::1]:8443"
            user = "u"
            password_env = "PW"
            ca_file = "ca/root.pem"
            [devices.c]
            url = "https://c"
            user = "u"
            password_file = "/run/pw"
            pin = "\(Self.pin)"
            """
        let configuration = try Configuration(text, path: "conf/c.toml")
        let hq = try configuration.device(named: "hq:")
        #expect(hq.url == DeviceURL("http://box:8080"))
        #expect(!hq.url.isEncrypted)
        #expect(hq.password == .command("pass show hq"))
        #expect(hq.upload == .form)
        #expect((hq.batchSize, hq.batchBytes, hq.connections) == (50, 1_000_000, 1))
        #expect((hq.maxSide, hq.maxImageBytes) == (2000, 600_000))
        #expect(try configuration.device(named: "b").trust == .authorities(file: "conf/ca/root.pem"))
        #expect(try configuration.device(named: "c").trust == .pin(Self.pin))
        #expect(try configuration.device(named: "c").password == .file("/run/pw"))
        #expect(configuration.devices.map(\.name) == ["b", "c", "hq"])
    }

    /// Lines to add to four good ones, the line at fault, and words the sentence must hold.
    @Test(arguments: [
        ("batch_size = 0", 5, "batch_size of device \"hq\" must be a whole number from 1 to 1000, not 0"),
        ("batch_size = \"20\"", 5, "not a text"),
        ("connections = 17", 5, "from 1 to 16"), ("retry_for = -1", 5, "from 0 to 86400"),
        ("identity = \"a b\"", 5, "letters, digits"),
        ("max_side = 12.5", 5, "floating-point"),
        ("batch_bytes = 70000", 5, "at least max_image_bytes"),
        ("upload = \"ftp\"", 5, "\"json\" or \"form\""),
        ("upload = 1", 5, "text in quotes, not a number"),
        ("pin = \"sha256//short\"", 5, "facelib device trust hq"),
        ("ca_file = \"a\"\npin = \"\(pin)\"", 6, "exclude each other"),
        ("\n# a comment\nmax_sides = 5", 7, "perhaps"),
        ("password = \"hunter2\"", 5, "password_file"),
        ("password_env = \"PW\"", 1, "more than one"),
        ("[other]\na = 1", 5, "[devices.NAME]"),
        ("[devices.all]\nurl = \"https://a\"", 5, "another name"),
        ("[devices.two]\nuser = \"x\"", 5, "url of device \"two\" is missing"),
        ("[devices.two]\nurl = \"https://a\"", 5, "user of device \"two\" is missing"),
        ("[devices.two]\nurl = \"https://a\"\nuser = \"u\"", 5, "none of them is there"),
        ("[devices.two]\nurl = \"10.5.2.81\"", 6, "https:// or http://"),
        (
            "[devices.two]\nurl = \"http://a\"\nuser = \"u\"\npassword_env = \"P\"\npin = \"x\"", 9,
            "no use with an http"
        ),
        ("user = \"twice\"", 5, "not TOML"),
        ("max_side = ", 5, "not TOML"),
    ])
    func aMistakeIsNamedWithItsLine(lines: String, line: Int, words: String) throws {
        let error = #expect(throws: CommandError.self) { try Configuration(Self.least + lines, path: "/c.toml") }
        let message = error?.message ?? ""
        #expect(error?.exitStatus == .failed)
        #expect(message.hasPrefix("/c.toml:\(line): "), "\(message)")
        #expect(message.contains(words) || words == "perhaps" && message.contains("max_side is"), "\(message)")
        #expect(!message.contains("hunter2"))
    }

    @Test(arguments: [
        "https://", "https://a b", "ftp://a", "https://a:0", "https://a:70000", "https://a:x", "https://u:p@a",
        "https://a/path", "https://a?x", "https://[::1", "a",
    ])
    func anotherURLIsRefused(text: String) {
        #expect(DeviceURL(text) == nil)
    }

    @Test func namesInQuotesAndTablesInOneLineAreRead() throws {
        let text = #"devices = { hq = { url = "https://a", user = "u", password_env = "P" } }"#
        #expect(try Configuration(text, path: "c").devices.map(\.name) == ["hq"])
        let quoted = "[devices.\"site-a.hq\"]\nurl = \"https://a\"\nuser = \"u\"\npassword_env = \"P\""
        #expect(try Configuration(quoted, path: "c").devices.map(\.name) == ["site-a.hq"])
    }

    @Test func passwordsAreReadOnlyWhenUsed() async throws {
        let harness = try CommandHarness()
        try harness.write(Self.least)
        harness.devices.add("hq")
        #expect(await harness.run("device", "list").status == 0)
        let missing = await harness.run("library", "list", "hq")
        #expect(missing.status == 1)
        #expect(missing.errors.contains("\(harness.folder)/hq.pw"))
        #expect(missing.errors.contains("write the password of hq into it"))

        try harness.write("s3cret!\n", to: "hq.pw")
        let good = await harness.run("library", "list", "hq", "--quiet")
        #expect((good.status, good.errors) == (0, ""))
        #expect(harness.devices.opened.last?.password == Secret("s3cret!"))

        try harness.write("s3cret!\n", to: "hq.pw", mode: 0o644)
        let open = await harness.run("library", "list", "hq", "--quiet")
        #expect(open.status == 0)
        #expect(open.errors.contains("chmod 600"))

        try harness.write("a\nb\n", to: "hq.pw")
        #expect(await harness.run("library", "list", "hq").errors.contains("on one line"))
    }

    @Test func aCommandPrintsThePassword() throws {
        let source = PasswordSource.command("printf 'first line\\nsecond\\n'")
        #expect(try source.read(for: "hq", environment: { _ in nil }, warn: { _ in }) == Secret("first line"))
    }

    @Test(arguments: [("exit 3", "status 3"), ("true", "printed nothing"), ("kill -9 $$", "signal 9")])
    func aCommandThatPrintsNoneIsNamed(command: String, words: String) {
        let error = #expect(throws: CommandError.self) {
            try PasswordSource.command(command).read(for: "hq", environment: { _ in nil }, warn: { _ in })
        }
        #expect(error?.message.contains(words) == true)
    }

    @Test func thePathIsTypedOrTheUsersOwn() async throws {
        let harness = try CommandHarness()
        try harness.write(Self.least, to: "typed.toml")
        #expect(await harness.run("device", "list", "--config", "\(harness.folder)/typed.toml").status == 0)
        harness.set("FACELIB_CONFIG", nil)
        #expect(await harness.run("device", "list").errors.contains("\(harness.folder)/.config/facelib/config.toml"))
        harness.set("XDG_CONFIG_HOME", "/nowhere")
        #expect(await harness.run("device", "list").errors.contains("/nowhere/facelib/config.toml"))
    }
}
