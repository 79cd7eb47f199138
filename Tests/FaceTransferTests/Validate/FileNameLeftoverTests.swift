// SPDX-License-Identifier: Apache-2.0
import FaceModel
import FaceTransfer
import Testing

@testable import FaceSources

@Suite struct FileNameLeftoverTests {
    private static func validated(_ stem: String) -> Result<ValidRow, InvalidRow> {
        RowValidator().validate(ScannedRow(key: "k", source: "s", values: .fileName(stem: stem), photo: nil))
    }

    @Test(arguments: [
        ("Ann_D-1_#_0_31_#.jpg", ""), ("Ann_D-1_#_0_31_Oslo.JPG", "Oslo"), ("Ann_D-1_#_0_31_Oslo.jpeg.jpg", "Oslo"),
        ("Ann_D-1_#_0_31_St. Gallen.HEIC", "St. Gallen"), ("Ann_D-1_#_0_31_Oslo.png", "Oslo"),
    ])
    func aSecondPictureExtensionIsNoPartOfTheAddressAndIsTold(stem: String, address: String) throws {
        let valid = try Self.validated(stem).get()
        #expect(valid.attributes.address == address)
        #expect(valid.warnings.map(\.reason) == [.nameExtension])
    }

    @Test(arguments: [
        "Cem_D-3_#_1_31_Oslo - Copy", "Cem_D-3_#_1_31_Oslo - Copy (2)", "Cem_D-3_#_1_31_Oslo (1)",
        "Cem_D-3_#_1_31_Oslo(12)", "Cem_D-3_#_1_31_# (1)", "Cem_D-3_#_1_31_Oslo copy", "Cem_D-3_#_1_31_Oslo copy 2",
        "Cem_D-3_#_1_31_Oslo - Kopie", "Cem_D-3_#_1_31_Oslo – Kopie (3)", "Cem_D-3_#_1_31_Oslo — копия",
        "Cem_D-3_#_1_31_Oslo - 副本", "Cem_D-3_#_1_31_北京副本", "Cem_D-3_#_1_31_Oslo - コピー", "Cem_D-3_#_1_31_Oslo (Kopie)",
        "Cem_D-3_#_1_31_Oslo (another copy)", "Copy of Cem_D-3_#_1_31_Oslo", "Kopie von Cem_D-3_#_1_31_Oslo",
        "Cem_D-3_#_1_31_Oslo - Copy.JPG", "Cem_D-3_#_1_31_Oslo (Ann's conflicted copy 2026-11-30)",
        "Cem_D-3_#_1_31_- Copy",
    ])
    func aCopyIsToldAndNotStored(stem: String) {
        guard case .failure(let invalid) = Self.validated(stem) else {
            Issue.record("\(stem) was taken")
            return
        }
        #expect(invalid.reasons.first?.reason == .nameCopy)
    }

    @Test(arguments: [
        "Oslo", "St. Gallen", "Room 12", "Hall (old)", "Block 4 (2026)", "Copyright Lane", "Photocopy", "5.4 Main St.",
        "Building 2", "a.b", "Kopieweg 3",
    ])
    func anAddressThatOnlyLooksAlikeIsTakenWhole(address: String) throws {
        let valid = try Self.validated("Ann_D-1_#_0_31_\(address)").get()
        #expect(valid.attributes.address == address && valid.warnings.isEmpty)
    }
}
