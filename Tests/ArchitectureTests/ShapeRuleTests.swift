// SPDX-License-Identifier: Apache-2.0
import Testing

@Suite struct ShapeRuleTests {
    private static let mark = "// SPDX-License-Identifier: Apache-2.0"

    @Test(arguments: ["import FaceModel\n", "\n\(mark)\n", "// SPDX-License-Identifier: MIT\n", "", "#!/bin/sh\n\n"])
    func missingLicenceIsFound(_ text: String) {
        #expect(ShapeRules.licence(SourceFile("Sources/FaceModel/A.swift", text)).count == 1)
    }

    @Test(arguments: [
        "\(mark)\n", "// swift-tools-version: 6.2\n\(mark)\n", "#!/bin/sh\n# SPDX-License-Identifier: Apache-2.0\n",
    ])
    func licenceIsSeen(_ text: String) {
        #expect(ShapeRules.licence(SourceFile("Package.swift", text)) == [])
    }

    @Test func longFileIsFound() {
        let lines = { String(repeating: "a\n", count: $0) }
        #expect(ShapeRules.length(SourceFile("Sources/FaceModel/A.swift", lines(500))) == [])
        #expect(ShapeRules.length(SourceFile("Sources/FaceModel/A.swift", lines(501))).count == 1)
        #expect(ShapeRules.length(SourceFile("Tests/FaceModelTests/A.swift", lines(600))) == [])
        #expect(ShapeRules.length(SourceFile("Tests/FaceModelTests/A.swift", lines(601))).count == 1)
    }

    @Test(arguments: [
        "final class SessionManager {}", "enum PathHelper {}", "struct StringUtils {}", "public actor Manager {}",
        "typealias Utils = Int",
    ])
    func vagueTypeIsFound(_ text: String) {
        #expect(ShapeRules.names(SourceFile("Sources/FaceModel/A.swift", text)).count == 1)
    }

    @Test func vagueFileIsFound() {
        #expect(ShapeRules.names(SourceFile("Sources/FaceModel/Helpers.swift", "")).count == 1)
        #expect(ShapeRules.names(SourceFile("Sources/FaceModel/JobManager+Rows.swift", "")).count == 1)
    }

    @Test(arguments: ["let manager = FileManager.default", "/// A class Manager.", "struct Managers {}"])
    func otherNameIsFine(_ text: String) {
        #expect(ShapeRules.names(SourceFile("Sources/FaceModel/A.swift", text)) == [])
    }

    @Test(arguments: ["work", "tmp/fl"])
    func folderOfAMachineIsFound(_ folder: String) {
        #expect(ShapeRules.machine("docs/a.md", "see /\(folder)/notes").count == 1)
        #expect(ShapeRules.machine("docs/a.md", "/\(folder)/").count == 1)
        #expect(ShapeRules.machine("docs/a.md", "see net/\(folder)/notes") == [])
        #expect(ShapeRules.machine("docs/a.md", "see \(folder)/notes") == [])
    }
}
