// SPDX-License-Identifier: Apache-2.0
import Testing

@Suite struct WordRuleTests {
    private static func found(_ word: ForbiddenWord, _ text: String, allowed: Int = 0) -> Int {
        let file = SourceFile("Sources/FaceDevice/A.swift", text)
        return WordRules.word(word, in: [file], allowed: allowed == 0 ? [:] : [file.path: allowed]).count
    }

    @Test(arguments: [
        (ForbiddenWord.uncheckedSendable, "final class A: @unchecked Sendable {}"),
        (.nonisolatedUnsafe, "nonisolated(unsafe) var a = 0"),
        (.unstructuredTask, "Task { await run() }"),
        (.unstructuredTask, "let task = Task{ 1 }"),
        (.unstructuredTask, "Task(priority: .high) { 1 }"),
        (.unstructuredTask, "Task<Void, Never> { 1 }"),
        (.detachedTask, "Task.detached { 1 }"),
        (.immediateTask, "Task.immediate { 1 }"),
        (.waitForAll, "try await group.waitForAll()"),
        (.forcedTry, "let a = try! read()"),
        (.forcedTry, #"let a = "\(try! read())""#),
        (.fatalError, "fatalError(\"never\")"),
        (.semaphore, "let s = DispatchSemaphore(value: 0)"),
    ])
    func forbiddenWordIsFound(_ word: ForbiddenWord, _ line: String) {
        #expect(Self.found(word, line) == 1)
    }

    @Test(arguments: [
        (ForbiddenWord.unstructuredTask, "group.addTask { await run() }"),
        (.unstructuredTask, "try Task.checkCancellation()"),
        (.unstructuredTask, "// no Task { here"),
        (.forcedTry, "/// Never `try!`."),
        (.forcedTry, #"let advice = "no try! here""#),
        (.forcedTry, ##"let advice = #"no "try!" here"#"##),
        (.fatalError, "/* fatalError() */"),
    ])
    func whatOnlyLooksLikeItIsFine(_ word: ForbiddenWord, _ line: String) {
        #expect(Self.found(word, line) == 0)
    }

    @Test func moreThanAllowedIsFound() {
        #expect(Self.found(.fatalError, "fatalError()\nfatalError()", allowed: 2) == 0)
        #expect(Self.found(.fatalError, "fatalError()\nfatalError()\nfatalError()", allowed: 2) == 3)
    }

    @Test func allowanceThatNobodyNeedsIsFound() {
        #expect(Self.found(.fatalError, "fatalError()", allowed: 2) == 1)
        #expect(WordRules.word(.fatalError, in: [], allowed: ["Sources/FaceDevice/Gone.swift": 1]).count == 1)
    }

    @Test(arguments: [
        "final class A: @unchecked Sendable {}",
        "nonisolated(unsafe) let a = 0",
        "actor.assumeIsolated { $0.turn() }",
        "// SAFETY: too far away.\n\n\n\n\nnonisolated(unsafe) let a = 0",
    ])
    func missingInvariantIsFound(_ text: String) {
        #expect(WordRules.safety(SourceFile("Sources/FaceDevice/A.swift", text)).count == 1)
    }

    @Test(arguments: [
        "// SAFETY: used on one thread.\nfinal class A: @unchecked Sendable {}",
        "nonisolated(unsafe) let a = 0  // SAFETY: never written.",
    ])
    func namedInvariantIsFine(_ text: String) {
        #expect(WordRules.safety(SourceFile("Sources/FaceDevice/A.swift", text)) == [])
    }
}
