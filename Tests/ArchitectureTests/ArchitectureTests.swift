// SPDX-License-Identifier: Apache-2.0
import Testing

/// Holds this repository against the rules of the house.
@Suite(.timeLimit(.minutes(20))) struct ArchitectureTests {
    private static let sources = SourceTree.swift.filter { !$0.isTest }
    private static let tests = SourceTree.swift.filter(\.isTest)
    /// All but the tests here, which must be able to say what they forbid.
    private static let judged = SourceTree.swift.filter { $0.target != "ArchitectureTests" }

    @Test func filesAreFoundAtAll() {
        #expect(Self.sources.count > 200)
        #expect(Self.tests.count > 40)
        #expect(SourceTree.everything.contains { $0.path == "docs/architecture.md" })
    }

    @Test func everyModuleStandsInTheTable() {
        let known = Set(House.modules.map(\.name))
        let modules = SourceTree.targets.filter { !House.isCLibrary($0) }
        #expect(modules.subtracting(known) == [])
        #expect(known.subtracting(modules) == [])
    }

    @Test func modulesUseOnlyWhatStandsBelow() {
        #expect(Self.sources.flatMap(ImportRules.layers) == [])
    }

    @Test func interfacesSpeakOfFacelibOnly() {
        #expect(Self.sources.flatMap(ImportRules.interfaces) == [])
    }

    @Test func testsUseOnlyWhatTheyTest() {
        #expect(Self.tests.flatMap(ImportRules.tests) == [])
    }

    @Test func everyModuleStandsAboveThoseItUses() {
        #expect(ImportRules.table(House.modules) == [])
    }

    @Test func whatTheTableAllowsIsNeeded() {
        for module in House.modules {
            let used = Set(
                Self.sources.filter { $0.target == module.name }.flatMap(\.code).compactMap { ImportLine($0)?.module }
            )
            #expect(module.ours.union(module.elsewhere).subtracting(used) == [], "\(module.name)")
        }
    }

    @Test(arguments: House.folders)
    func foldersUseOnlyWhatStandsBelow(_ layers: FolderLayers) {
        #expect(FolderRules.places(layers, Self.sources) == [])
        #expect(FolderRules.upward(layers, Self.sources).map(\.description).sorted() == [])
    }

    @Test(arguments: ForbiddenWord.allCases)
    func wordStandsOnlyWhereItIsAllowed(_ word: ForbiddenWord) {
        #expect(WordRules.word(word, in: Self.judged, allowed: word.allowed) == [])
    }

    @Test func whatTheCompilerCannotCheckNamesItsInvariant() {
        #expect(Self.judged.flatMap(WordRules.safety) == [])
    }

    @Test func everyFileNamesTheLicence() {
        #expect(SourceTree.licensed.flatMap(ShapeRules.licence) == [])
    }

    @Test func filesAreShort() {
        #expect(SourceTree.swift.flatMap(ShapeRules.length) == [])
    }

    @Test func namesSayWhatThingsDo() {
        #expect(SourceTree.swift.flatMap(ShapeRules.names) == [])
    }

    @Test func nothingSpeaksOfSomebodysMachine() {
        #expect(SourceTree.everything.flatMap(ShapeRules.machine) == [])
    }
}
