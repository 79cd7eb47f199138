// SPDX-License-Identifier: Apache-2.0
import Testing

@Suite struct ImportRuleTests {
    @Test(arguments: [
        ("import FaceModel", "FaceModel", false),
        ("public import FaceModel", "FaceModel", true),
        ("@preconcurrency public import NIOCore", "NIOCore", true),
        ("@_exported import Foundation", "Foundation", true),
        ("@testable import FaceDevice", "FaceDevice", false),
        ("@_spi(Some, Other) internal import GRDB", "GRDB", false),
        ("    import struct Foundation.Date", "Foundation", false),
        ("import Foundation.NSDate;", "Foundation", false),
    ])
    func importIsRead(_ line: String, _ module: String, _ isPublic: Bool) {
        let read = ImportLine(line[...])
        #expect(read?.module == module)
        #expect(read?.isPublic == isPublic)
    }

    @Test(arguments: ["#if canImport(Glibc)", "let important = true", "job.import()", "case import", "", "imports X"])
    func otherLineIsNoImport(_ line: String) {
        #expect(ImportLine(line[...]) == nil)
    }

    @Test func importsInCommentsAndStringsAreNone() {
        let text = """
            // import FaceCommands
            /* import FaceCommands
               /* nested */ import FaceCommands */
            let a = \"\"\"
                \\(b)
                import FaceCommands
                \"\"\"
            import FaceModel
            """
        #expect(ImportRules.layers(SourceFile("Sources/FaceDevice/A.swift", text)) == [])
    }

    @Test(arguments: [
        ("FaceModel", "import Foundation"),
        ("FaceImaging", "import FaceLedger"),
        ("FaceLedger", "import FaceDevice"),
        ("FaceDevice", "import FaceReport"),
        ("FaceDevice", "import FaceTransfer"),
        ("FaceDevice", "import Hummingbird"),
        ("FaceSimulator", "import FaceDevice"),
        ("FaceSimulator", "import FaceTransport"),
        ("FaceSimulator", "import FaceLedger"),
        ("FaceSimulator", "import FaceTransfer"),
        ("FaceSimulator", "import FaceImaging"),
        ("FaceTransfer", "import CLibcurl"),
        ("FaceTransfer", "import FaceTransport"),
        ("FaceTransfer", "import FaceSimulator"),
        ("FaceTransfer", "import GRDB"),
        ("FaceReport", "import CTurboJPEG"),
        ("FaceCommands", "import FaceSimulator"),
        ("facelib", "import FaceTransfer"),
        ("FaceDevice", "@testable import FaceCommands"),
        ("FaceDevice", "import struct FaceCommands.Facelib"),
        ("FaceHelpers", "import FaceModel"),
    ])
    func importAgainstTheLayersIsFound(_ module: String, _ line: String) {
        #expect(ImportRules.layers(SourceFile("Sources/\(module)/A.swift", "// SPDX\n\(line)\n")).count == 1)
    }

    @Test(arguments: [
        [Module("A", level: 2), Module("B", level: 2, ours: ["A"])],
        [Module("A", level: 2), Module("B", level: 1, ours: ["A"])],
        [Module("B", level: 1, ours: ["A"])],
        [Module("A", level: 1, elsewhere: ["CLibcurl"]), Module("B", level: 2, elsewhere: ["CLibcurl"])],
    ])
    func tableAgainstTheLayersIsFound(_ modules: [Module]) {
        #expect(ImportRules.table(modules).count == 1)
    }

    @Test(arguments: ["public import GRDB", "@_exported import Foundation", "@preconcurrency public import X509"])
    func packageInAnInterfaceIsFound(_ line: String) {
        #expect(ImportRules.interfaces(SourceFile("Sources/FaceLedger/A.swift", line)).count == 1)
    }

    @Test(arguments: ["public import FaceModel", "public import Logging", "internal import GRDB", "import GRDB"])
    func otherInterfaceIsFine(_ line: String) {
        #expect(ImportRules.interfaces(SourceFile("Sources/FaceLedger/A.swift", line)) == [])
    }

    @Test(arguments: [
        ("FaceLedgerTests", "import FaceTransfer"),
        ("FaceDeviceTests", "@testable import FaceSimulator"),
        ("FaceTransferTests", "import CTurboJPEG"),
        ("EndToEndTests", "import CLibcurl"),
    ])
    func testThatReachesTooFarIsFound(_ target: String, _ line: String) {
        #expect(ImportRules.tests(SourceFile("Tests/\(target)/A.swift", line)).count == 1)
    }

    @Test(arguments: [
        ("FaceLedgerTests", "@testable import FaceLedger"),
        ("FaceTransferTests", "import FaceDevice"),
        ("FaceImagingTests", "import CTurboJPEG"),
        ("EndToEndTests", "import FaceTransfer"),
    ])
    func testThatStaysInItsPlaceIsFine(_ target: String, _ line: String) {
        #expect(ImportRules.tests(SourceFile("Tests/\(target)/A.swift", line)) == [])
    }
}
