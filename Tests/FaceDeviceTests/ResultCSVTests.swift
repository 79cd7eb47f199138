// SPDX-License-Identifier: Apache-2.0
import FaceModel
import Testing

@testable import FaceDevice

@Suite struct ResultCSVTests {
    private let ids = ["E-17", "E-18", "5"].map { PortraitID(asListed: $0) }
    private let names = ["Ann_E-17_#_0_31_Oslo.jpg", "张三_E-18_#_1_#_#.jpg", "Bo, jr_5_#_#_#_a, b.png"]

    private func read(_ bytes: [UInt8]) -> ResultCSV { ResultCSV(bytes, ids: ids, fileNames: names) }

    private func codes(_ text: String) -> [String: Int] { codes(read(Array(text.utf8))) }

    private func codes(_ csv: ResultCSV) -> [String: Int] {
        Dictionary(uniqueKeysWithValues: csv.verdicts.map { ($0.key.text, $0.value.code) })
    }

    @Test(arguments: [
        // The simulator's own form, then everything that may vary in it.
        "filename,img_id,code,msg\nAnn_E-17_#_0_31_Oslo.jpg,E-17,-1101,no face\n",
        "Ann_E-17_#_0_31_Oslo.jpg,E-17,-1101,no face\n", "\u{FEFF}code;msg;img_id\r\n-1101;no face;E-17\r\n",
        "E-17\t-1101\tno face", "\"no face\",\"-1101\",\"E-17\"", "1,E-17,no face,-1101\n",
        "-1101,Ann_E-17_#_0_31_Oslo.jpg\n",
        "结果,文件名\n-1101,/data/import/Ann_E-17_#_0_31_Oslo.jpg\n", "-1101,tmp\\Ann_E-17_#_0_31_Oslo.jpg",
        "E-17 | no face | -1101 ", "err_code,image id\n-1101,E-17\n\n\n",
        "no,img_id,ret,reason\n17,E-17,-1101,no face\n",
        "-1101,A??_E-17_#_0_31_Oslo.jpg,no face",
    ])
    func oneFailureIsFoundWhateverTheForm(text: String) {
        #expect(codes(text) == ["E-17": -1101])
    }

    @Test func allRowsAreReadWithTheirTexts() throws {
        let csv = read(
            Array(
                "filename,img_id,code,msg\nAnn_E-17_#_0_31_Oslo.jpg,E-17,0,\n张三_E-18_#_1_#_#.jpg,E-18,-1100,\"taken, \"\"really\"\"\"\n"
                    .utf8
            )
        )
        #expect(codes(csv) == ["E-17": 0, "E-18": -1100])
        #expect(csv.verdicts[try PortraitID("E-18")]?.message == "taken, \"really\"")
        #expect(csv.problem(errorCount: 1) == nil)
        #expect(csv.problem(errorCount: 2) != nil)
    }

    @Test func anUnquotedCommaInAFileNameDoesNotHideTheRow() {
        #expect(
            codes("Bo, jr_5_#_#_#_a, b.png,5,-1104,broken\nAnn_E-17_#_0_31_Oslo.jpg,E-17,-1102,bad\n") == [
                "5": -1104, "E-17": -1102,
            ]
        )
        #expect(codes("filename,img_id,code,msg\n\"Bo, jr_5_#_#_#_a, b.png\",5,-1104,x\n") == ["5": -1104])
    }

    @Test func aNumberThatLooksLikeAnIDIsNotOne() {
        #expect(codes("no,file,code\n5,Ann_E-17_#_0_31_Oslo.jpg,-1101\n") == ["E-17": -1101])
        #expect(codes("5,Ann_E-17_#_0_31_Oslo.jpg,E-17,-1101\n6,x.jpg,E-18,-1102\n") == ["E-17": -1101, "E-18": -1102])
    }

    @Test func wordsStandForCodes() {
        #expect(codes("img_id,result\nE-17,success\nE-18,失败\n") == ["E-17": 0, "E-18": -1])
    }

    @Test func rowsOfAnEarlierBatchAreIgnored() {
        let csv = read(Array("filename,img_id,code,msg\nOld_X-1_#_#_#_#.jpg,X-1,-1101,no face\n".utf8))
        #expect(csv.verdicts.isEmpty)
        #expect(csv.problem(errorCount: 0) == nil)
        #expect(csv.problem(errorCount: 1)?.contains("no row") == true)
    }

    @Test func rowsWithoutACodeAreAProblem() {
        #expect(read(Array("filename,img_id\nAnn_E-17_#_0_31_Oslo.jpg,E-17\n".utf8)).problem(errorCount: 1) != nil)
    }

    @Test(arguments: ["", "\n", "filename,img_id,code,msg\n", "<html>404</html>", "{\"code\":-105}"])
    func aFileWithoutRowsSaysNothing(text: String) {
        let csv = read(Array(text.utf8))
        #expect(csv.verdicts.isEmpty)
        #expect(csv.problem(errorCount: 0) == nil)
        #expect(csv.problem(errorCount: 1) != nil)
    }

    @Test func everyEncodingIsRead() throws {
        let text = "文件名,错误码,描述\n张三_E-18_#_1_#_#.jpg,-1101,没有人脸\n"
        let gb18030: [UInt8] =
            [
                0xCE, 0xC4, 0xBC, 0xFE, 0xC3, 0xFB, 0x2C, 0xB4, 0xED, 0xCE, 0xF3, 0xC2, 0xEB, 0x2C, 0xC3, 0xE8, 0xCA,
                0xF6, 0x0A,
            ]
            + [0xD5, 0xC5, 0xC8, 0xFD] + Array("_E-18_#_1_#_#.jpg,-1101,".utf8)
            + [0xC3, 0xBB, 0xD3, 0xD0, 0xC8, 0xCB, 0xC1, 0xB3, 0x0A]
        let littleEndian = text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        let bigEndian = text.utf16.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
        for bytes in [
            Array(text.utf8), [0xEF, 0xBB, 0xBF] + Array(text.utf8), gb18030, [0xFF, 0xFE] + littleEndian,
            [0xFE, 0xFF] + bigEndian,
        ] {
            #expect(read(bytes).verdicts == [try PortraitID("E-18"): .init(code: -1101, message: "没有人脸")])
        }
    }

    @Test func mojibakeDoesNotHideTheRow() {
        // UTF-8 read as Latin-1 by the device, and written again as UTF-8.
        let spoiled = String(String.UnicodeScalarView("张三".utf8.map { Unicode.Scalar($0) }))
        #expect(codes("\(spoiled)_E-18_#_1_#_#.jpg,-1101\n") == ["E-18": -1101])
    }
}
