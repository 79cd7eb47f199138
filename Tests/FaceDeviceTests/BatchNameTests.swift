// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceModel
import Testing

@Suite struct BatchNameTests {
    @Test(arguments: [
        ("Ann Berg", true), ("100% Ann", true), ("%2", true), ("张伟", true), ("%22Bo%22 Ek", false), ("a%0Db", false),
        ("a%0ab", false), ("Ann+Bo", false), ("Ann; Bo", false), ("Bo%e4", false),
    ])
    func aNameThatSomeReaderOfFormsDecodesGoesAlone(name: String, travels: Bool) throws {
        let portrait = try portrait("E-1", name: name)
        #expect((portrait.batchFileName(in: .form) != nil) == travels)
        #expect(portrait.batchFileName(in: .json) != nil)
    }
}
