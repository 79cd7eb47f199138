// SPDX-License-Identifier: Apache-2.0

/// What the simulator decides by quirks that carry a value, with the defaults of the interface document.
extension Quirks {
    /// What stands for empty `data` (G7); `nil` leaves the field out.
    var emptyData: ReplyValue? {
        switch word(.emptyData) {
        case "null": .null
        case "{}": .object([])
        case "absent": nil
        default: .text("")
        }
    }

    /// The largest request body in bytes (G13).
    func bodyLimit(default standard: Int) -> Int { number(.maxBody) ?? standard }

    /// Seconds without a call after which a session ends (S6).
    var sessionSeconds: Double { Double(number(.sessionTTL) ?? 30 * 60) }

    /// The code for a missing, unknown or ended session (S6).
    var sessionCode: ReturnCode { number(.expiredCode).map(ReturnCode.init(rawValue:)) ?? .notLoggedIn }

    /// The most images in a batch (B3).
    var batchMaximum: Int { number(.batchMax) ?? 50 }

    /// Seconds until the rows of a batch can be seen (B7).
    var ingestDelay: Double { Double(number(.asyncIngest) ?? 0) / 1000 }

    /// The highest channel of a camera (Q1).
    var channelMaximum: Int { number(.channelsMax) ?? 32 }

    /// The longest person field in characters (P5).
    var fieldMaximum: Int { number(.fieldMax) ?? 256 }

    /// The longest library name in characters (L1).
    var libraryNameMaximum: Int { number(.libNameMax) ?? 64 }

    /// The largest image in bytes (P11).
    var imageMaximumBytes: Int { number(.imageMaxBytes) ?? 2 * 1024 * 1024 }

    /// The largest side of an image in pixels (P11).
    var imageMaximumSide: Int { number(.imageMaxSide) ?? 4096 }

    /// The code for a repeated img_id (P2).
    var repeatedIDCode: ReturnCode { self[.dup116] ? .pictureExists : .imgIDExists }

    /// The code for an export with a comma in it (P6).
    var commaCode: ReturnCode { number(.commaCode).map(ReturnCode.init(rawValue:)) ?? .unknownError }

    /// The content type of API replies (G3).
    var replyContentType: String { word(.contentType) ?? "application/json" }

    /// Whether 1035 shows identity code and address in clear (M1).
    var listIsClear: Bool { self[.maskOff] || self[.prePrivacy] }

    /// Whether 1032 shows identity code and address in clear (M1).
    var singleIsClear: Bool { self[.singleClear] || self[.prePrivacy] }

    /// Where a page of 1035 really begins (L12).
    func shifted(_ page: Page) -> Page {
        guard page.offset > 0, let shift = number(.pageShift) else { return page }
        return Page(offset: max(0, page.offset - shift), length: page.length)
    }

    /// How many records a page of 1035 may have: one that begins too early is not longer for it (L12).
    func room(on page: Page, total: Int) -> Int {
        self[.pageShift] ? max(0, min(page.length, total - page.offset)) : page.length
    }

    /// How many portraits 1035 says there are (L12).
    func shownTotal(_ total: Int) -> Int { max(0, total + (number(.totalLies) ?? 0)) }

    /// A path as replies show it (E1).
    func shownPath(_ path: String) -> String {
        self[.leadingSlash] && !path.isEmpty ? "/" + path : path
    }

    /// A value as masked queries show it (M1, M2): empty values stay empty.
    func masked(_ value: String, width: Int) -> String {
        guard !value.isEmpty else { return "" }
        guard self[.maskPartial], value.count > 5 else { return String(repeating: "*", count: width) }
        return value.prefix(3) + "****" + value.suffix(2)
    }

    /// An img_id as 1035 shows it (M1).
    func listedID(_ imgID: String) -> String {
        self[.maskIDs] && !listIsClear ? imgID.prefix(2) + "***" + imgID.suffix(2) : imgID
    }
}
