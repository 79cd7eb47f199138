// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import FaceCommands

@Suite struct ConfigurationTextTests {
    private static let new = "sha256//" + String(repeating: "B", count: 43) + "="

    /// The text before and after, where `PIN` stands for the new pin.
    @Test(arguments: [
        (
            "[devices.hq]\nurl = \"a\" # why\n\n# next\n[devices.b]\n",
            "[devices.hq]\nurl = \"a\" # why\npin = \"PIN\"\n\n# next\n[devices.b]\n"
        ),
        ("[devices.hq]\nurl = \"a\"", "[devices.hq]\nurl = \"a\"\npin = \"PIN\""),
        ("[devices.hq]", "[devices.hq]\npin = \"PIN\""),
        (
            "[devices.hq]\npin = 'old'  # seen 2024\nuser = \"u\"\n",
            "[devices.hq]\npin = \"PIN\"  # seen 2024\nuser = \"u\"\n"
        ),
        (
            "[devices.b]\npin = \"x\"\n[devices.hq]\n  url = \"a\"\n",
            "[devices.b]\npin = \"x\"\n[devices.hq]\n  url = \"a\"\n  pin = \"PIN\"\n"
        ),
        ("[devices.hq]\r\nurl = \"a\"\r\n", "[devices.hq]\r\nurl = \"a\"\r\npin = \"PIN\"\r\n"),
        (
            "[ devices . \"hq\" ]\nnote = \"\"\"\n[devices.x]\npin = 1\n\"\"\"\nlist = [\n1,\n]\n",
            "[ devices . \"hq\" ]\nnote = \"\"\"\n[devices.x]\npin = 1\n\"\"\"\nlist = [\n1,\n]\npin = \"PIN\"\n"
        ),
        ("devices.hq.url = \"a\"\n", nil),
        ("devices = { hq = { url = \"a\" } }\n", nil),
        ("[devices.b]\n", nil),
    ])
    func onlyThePinIsChanged(before: String, after: String?) {
        let changed = ConfigurationText(text: before).settingPin(Self.new, of: "hq")
        #expect(changed == after?.replacing("PIN", with: Self.new))
    }

    @Test func linesAreFoundBehindStringsAndLists() {
        let outline = ConfigurationOutline(
            "a = [\n  \"]\", # ]\n]\n\n[t]\nb = '''\nc = 1\n'''\nd.\"e f\" = \"\\\"#\"\nz = 1"
        )
        #expect(outline.line(of: ["a"]) == 1)
        #expect(outline.line(of: ["t"]) == 5)
        #expect(outline.line(of: ["t", "b"]) == 6)
        #expect(outline.line(of: ["t", "c"]) == nil)
        #expect(outline.line(of: ["t", "d", "e f"]) == 9)
        #expect(outline.line(of: ["t", "z"]) == 10)
    }

    @Test(arguments: 0..<200)
    func anyBeginningOfATextIsReadToItsEnd(length: Int) {
        let text =
            "[devices.\"h q\"]\nurl = 'x' # c\nl = [ {a=1}, \"\\\"\", ]\nm = \"\"\"x\n\"\"\"\n[[t.u]]\n'k'.v = 1\n= = ]\n\"\n"
        let part = String(text.prefix(length))
        #expect(ConfigurationOutline(part).entries.count <= 8)
        #expect(ConfigurationText(text: part).settingPin(Self.new, of: "nobody") == nil)
    }
}
