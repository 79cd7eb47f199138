// SPDX-License-Identifier: Apache-2.0
import Testing

@Suite struct FolderRuleTests {
    private static let layers = FolderLayers(
        module: "FaceTransfer",
        layers: [["Scan", "Read"], ["Upload/Bounds"], ["Upload"]]
    )

    private static func file(_ path: String, _ text: String) -> SourceFile {
        SourceFile("Sources/FaceTransfer/\(path)", text)
    }

    private static func ties(_ user: String, _ type: String = "B", declared text: String, in home: String) -> [String] {
        let files = [file(user, "let a = \(type)()"), file(home, text)]
        return FolderRules.upward(layers, files).map(\.description)
    }

    @Test(arguments: [("Scan/A.swift", "Upload/B.swift"), ("Scan/A.swift", "Read/B.swift")])
    func aTypeOfAHigherOrNeighbouringFolderIsFound(user: String, home: String) {
        #expect(Self.ties(user, declared: "struct B {}", in: home) == ["\(user) uses B"])
    }

    @Test(arguments: [
        ("Upload/A.swift", "Scan/B.swift"), ("Upload/A.swift", "Upload/B.swift"),
        ("Upload/A.swift", "Upload/Bounds/B.swift"), ("A.swift", "Upload/B.swift"),
    ])
    func aTypeOfALowerFolderOrOfTheSameIsFine(user: String, home: String) {
        #expect(Self.ties(user, declared: "struct B {}", in: home) == [])
    }

    @Test func aFolderWithinAFolderHasItsOwnLayer() {
        #expect(
            Self.ties("Upload/Bounds/A.swift", declared: "enum B {}", in: "Upload/B.swift") == [
                "Upload/Bounds/A.swift uses B"
            ]
        )
    }

    @Test(arguments: [
        "public struct B {}", "package final class B {}", "@MainActor actor B {}", "protocol B: Sendable {}",
        "indirect enum B {}", "typealias B = Int",
    ])
    func everyKindOfTypeCounts(text: String) {
        #expect(Self.ties("Scan/A.swift", declared: text, in: "Upload/B.swift").count == 1)
    }

    @Test(arguments: [
        "private struct B {}", "fileprivate enum B {}", "extension C {\n    struct B {}\n}", "struct BC {}",
    ])
    func whatOtherFilesCannotNameDoesNotCount(text: String) {
        #expect(Self.ties("Scan/A.swift", declared: text, in: "Upload/B.swift") == [])
    }

    @Test func commentsAndTextsUseNothing() {
        let files = [
            Self.file("Scan/A.swift", "/// See B.\nlet a = \"B\" // B"), Self.file("Upload/B.swift", "enum B {}"),
        ]
        #expect(FolderRules.upward(Self.layers, files) == [])
    }

    @Test func aFolderWithoutALayerIsFound() {
        #expect(FolderRules.places(Self.layers, [Self.file("Other/A.swift", "")]).count == 1)
        #expect(FolderRules.places(Self.layers, [Self.file("Upload/A.swift", ""), Self.file("A.swift", "")]) == [])
    }
}
