// SPDX-License-Identifier: Apache-2.0

/// The rules about who may use whom.
enum ImportRules {
    /// A module uses what the table names, and nothing else.
    static func layers(_ file: SourceFile) -> [Violation] {
        guard let module = House.module(file.target) else {
            return [file.violation(0, "\(file.target) is not in the table of modules")]
        }
        return imports(of: file).compactMap { index, line in
            guard !module.ours.contains(line.module), !module.elsewhere.contains(line.module) else { return nil }
            return file.violation(index, "\(module.name) must not use \(line.module)")
        }
    }

    /// The table itself: a module stands above those it uses, and a C library has one wrapper.
    static func table(_ modules: [Module]) -> [String] {
        let levels = Dictionary(uniqueKeysWithValues: modules.map { ($0.name, $0.level) })
        var found: [String] = []
        var wrapped: Set<String> = []
        for module in modules {
            for used in module.ours.sorted() where (levels[used] ?? .max) >= module.level {
                found.append("\(module.name) does not stand above \(used)")
            }
            for library in module.elsewhere.filter(House.isCLibrary).sorted()
            where !wrapped.insert(library).inserted && !House.wrappedTwice.contains(library) {
                found.append("\(library) has a second wrapper, \(module.name)")
            }
        }
        return found
    }

    /// What a module's interface speaks of is facelib's own, a logger or a path.
    static func interfaces(_ file: SourceFile) -> [Violation] {
        imports(of: file).compactMap { index, line in
            guard line.isPublic, !House.isOurs(line.module), !House.publicElsewhere.contains(line.module) else {
                return nil
            }
            return file.violation(index, "\(line.module) must not be part of an interface: import it without public")
        }
    }

    /// The tests of a module use that module and lower ones, and C libraries only where the module does.
    ///
    /// Tests of the whole may use any module of facelib.
    static func tests(_ file: SourceFile) -> [Violation] {
        let tested = file.target.hasSuffix("Tests") ? House.module(String(file.target.dropLast(5))) : nil
        return imports(of: file).compactMap { index, line in
            let wrappers = House.isCLibrary(line.module) ? House.wrappers(of: line.module) : []
            if !wrappers.isEmpty, tested.map({ wrappers.contains($0.name) }) != true {
                return file.violation(index, "\(file.target) must not use \(line.module)")
            }
            guard let tested, let used = House.module(line.module), used != tested else { return nil }
            guard used.level >= tested.level else { return nil }
            return file.violation(index, "\(file.target) must not use \(used.name): it is not below \(tested.name)")
        }
    }

    private static func imports(of file: SourceFile) -> [(index: Int, line: ImportLine)] {
        file.code.enumerated().compactMap { index, line in
            // Most lines are settled without being taken apart.
            guard line.contains("import") else { return nil }
            return ImportLine(line).map { (index, $0) }
        }
    }
}
