// SPDX-License-Identifier: Apache-2.0

/// A generated record: everything about it follows from its kind and its number.
struct DrawnRecord: Sendable {
    let kind: RecordKind
    /// From 1 within its kind.
    let number: Int

    /// Its id, the same at every start.
    var snapID: String { Self.uuid(Dice(kind, number)) }

    /// Cameras take turns.
    var channel: Int { (number - 1) % 8 + 1 }

    var path: String { kind.path(snapID, channel: channel) }

    /// When it was taken: pairs share a second, as real captures do (L8).
    var time: String {
        let offset = RecordKind.allCases.firstIndex(of: kind).map { $0 * 11 } ?? 0
        return DeviceClock.text(Double(Self.firstSecond + offset + (number - 1) / 2 * 307))
    }

    /// Whether the person was alive; `nil` where nobody looks.
    var aliveType: Int? {
        switch kind {
        case .captures: [2, 1, 2, 0][number % 4]
        case .alarms, .wandering, .profile: number.isMultiple(of: 3) ? 0 : 2
        default: nil
        }
    }

    /// The alarms of a body (C1): one, or two for every third record.
    var alarmTypes: [String] {
        guard kind == .bodyAlarms else { return [] }
        let first = number % Self.bodyAlarms.count
        return number.isMultiple(of: 3)
            ? [Self.bodyAlarms[first], Self.bodyAlarms[(first + 1) % Self.bodyAlarms.count]] : [Self.bodyAlarms[first]]
    }

    /// The person of the stranger library that it shows.
    ///
    /// `nil` for bodies and for what is matched with portraits: every alarm and every second capture.
    var stranger: String? {
        switch kind {
        case .captures: number.isMultiple(of: 2) ? nil : Self(kind: .strangers, number: number).snapID
        case .strangers: snapID
        case .wandering: Self(kind: .strangers, number: number).snapID
        case .profile: Self(kind: .strangers, number: (number - 1) / 5 + 1).snapID
        case .alarms, .bodies, .bodyAlarms: nil
        }
    }

    /// How good the picture is, 40 to 99.
    var quality: Int {
        var dice = Dice(kind, number, salt: 1)
        return 40 + dice.roll(60)
    }

    /// 75 to 99.
    var similarity: Int {
        var dice = Dice(kind, number, salt: 2)
        return 75 + dice.roll(25)
    }

    /// 256 numbers, each with a comma after it.
    var features: String {
        var dice = Dice(kind, number, salt: 3)
        return (0..<256).map { _ in
            let digits = String(dice.roll(200_000))
            return (dice.roll(2) == 0 ? "-0." : "0.") + String(repeating: "0", count: 6 - digits.count) + digits + ","
        }.joined()
    }

    /// The face's or the body's attributes (appendices B and C).
    var attributes: [(String, String)] {
        var dice = Dice(kind, number, salt: 4)
        return kind.isBody ? BodyAttributes.draw(&dice) : FaceAttributes.draw(&dice)
    }

    private static let bodyAlarms = [
        "385", "386", "387", "388", "389", "390", "391", "394", "395", "396", "398", "641", "705",
    ]

    /// 2026-10-01 08:00:00.
    private static let firstSecond = 1_790_841_600

    private static func uuid(_ dice: Dice) -> String {
        var dice = dice
        var bytes = (0..<16).map { _ in UInt8(dice.roll(256)) }
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        let digits = bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
        return [digits[0..<4], digits[4..<6], digits[6..<8], digits[8..<10], digits[10..<16]]
            .map { $0.joined() }.joined(separator: "-")
    }
}

/// Random numbers that are the same at every start (SplitMix64).
struct Dice: Sendable {
    private var state: UInt64

    init(_ kind: RecordKind, _ number: Int, salt: Int = 0) {
        let index = RecordKind.allCases.firstIndex(of: kind) ?? 0
        state = UInt64(number) &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(index * 16 + salt) &* 0xD6E8_FEB8_6659_FD93
    }

    /// A number from 0 to `sides` - 1.
    mutating func roll(_ sides: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return Int((word ^ word >> 31) % UInt64(sides))
    }

    mutating func pick(_ values: [String]) -> String { values[roll(values.count)] }
}
