// SPDX-License-Identifier: Apache-2.0

/// Words that are not used, since something better stands for each.
enum ForbiddenWord: String, Sendable, CaseIterable {
    case uncheckedSendable = "@unchecked Sendable"
    case nonisolatedUnsafe = "nonisolated(unsafe)"
    case unstructuredTask = "Task {"
    case detachedTask = "Task.detached"
    case immediateTask = "Task.immediate"
    case waitForAll = "waitForAll"
    case forcedTry = "try!"
    case fatalError = "fatalError"
    case semaphore = "DispatchSemaphore"

    /// Where a word may stand all the same, and how often.
    var allowed: [String: Int] {
        switch self {
        case .uncheckedSendable: ["Sources/FaceImaging/Workbench.swift": 1, "Tests/FaceSimulatorTests/Bench.swift": 1]
        case .nonisolatedUnsafe:
            ["Sources/FaceTransport/CurlLoop.swift": 1, "Tests/FaceTransferTests/Scan/CSVSourceTests.swift": 1]
        default: [:]
        }
    }

    /// Whether a line of code has the word.
    func stands(in line: Substring) -> Bool {
        switch self {
        case .unstructuredTask: Self.beginsTask(line)
        default: line.contains(rawValue)
        }
    }

    /// `Task { … }`, `Task(priority: …) { … }` and `Task<…> { … }`, but not `addTask { … }` or `Task.yield()`.
    private static func beginsTask(_ line: Substring) -> Bool {
        line.ranges(of: "Task").contains { range in
            let before = line[..<range.lowerBound].last
            if let before, before.isLetter || before.isNumber || before == "_" { return false }
            let after = line[range.upperBound...].drop { $0 == " " }
            return after.hasPrefix("{") || after.hasPrefix("(") || (after.hasPrefix("<") && after.contains("{"))
        }
    }
}

/// The rules about words.
enum WordRules {
    /// A word stands exactly as often as it is allowed to: an allowance that nobody needs is taken back.
    ///
    /// - Parameters:
    ///   - word: The word.
    ///   - files: All files it may stand in.
    ///   - allowed: How often it may stand in which file.
    /// - Returns: What is too much and what is no longer needed.
    static func word(_ word: ForbiddenWord, in files: [SourceFile], allowed: [String: Int]) -> [Violation] {
        var unused = allowed
        var found: [Violation] = []
        for file in files {
            let places = file.code.indices.filter { word.stands(in: file.code[$0]) }
            let allowance = unused.removeValue(forKey: file.path) ?? 0
            guard places.count != allowance else { continue }
            if places.count > allowance {
                found += places.map { file.violation($0, "\(word.rawValue) is not used here") }
            } else {
                found.append(file.violation(0, "\(word.rawValue) is allowed more often than it stands here"))
            }
        }
        return found + unused.keys.sorted().map { Violation(path: $0, line: 1, words: "is not there any more") }
    }

    /// What the compiler cannot check names the invariant that makes it right.
    static func safety(_ file: SourceFile) -> [Violation] {
        let unchecked = ["@unchecked Sendable", "nonisolated(unsafe)", "assumeIsolated"]
        return file.code.indices.compactMap { index in
            guard let word = unchecked.first(where: { file.code[index].contains($0) }) else { return nil }
            let near = file.lines[max(0, index - 4)...index]
            guard !near.contains(where: { $0.contains("// SAFETY:") }) else { return nil }
            return file.violation(index, "\(word) has no SAFETY: line that names the invariant")
        }
    }
}
