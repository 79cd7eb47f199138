// SPDX-License-Identifier: Apache-2.0
import FaceText

/// What a spreadsheet made of a value that was written into it: the value itself is gone.
package enum CellDamage: String {
    case errorValue = "is a spreadsheet's error value"
    case exponent = "is a number in exponent form, its last digits are lost"
    case formula = "is a formula, not its result"
    case truth = "is a truth value"
    case date = "is a date that a spreadsheet made"
    case decimal = "is a number to which a program added decimals"
    case nothing = "is a program's word for no value"
    case rounded = "was rounded to 15 digits, its last three became 000"

    /// Tells the damage of a value, `nil` where there is none that can be proved.
    ///
    /// - Parameters:
    ///   - value: The value, cleaned.
    ///   - isFree: Whether it may be any words, as an address: then a date is no damage.
    init?(of value: String, isFree: Bool = false) {
        // Each form but a date begins with one of these, so that most names are told at once.
        guard let first = value.unicodeScalars.first else { return nil }
        if first == "#" || first == "E" || first == "F", Self.isErrorValue(value) {
            self = .errorValue
        } else if first == "=", value.utf8.count > 1 {
            self = .formula
        } else if Self.truthValues.contains(value) {
            self = .truth
        } else if Self.nothings.contains(value) {
            self = .nothing
        } else if first == "-" || first.properties.numericType != nil, Self.isExponent(value) {
            self = .exponent
        } else if !isFree, DateForm.matches(value) {
            self = .date
        } else if !isFree, Self.isDecimal(value) {
            self = .decimal
        } else if !isFree, ResidentID.isRounded(value) {
            self = .rounded
        } else {
            return nil
        }
    }

    /// Whether a portrait's values would be read from a table as they are: not tidied, not taken for damage.
    package static func leavesAlone(id: String, name: String, identity: String, address: String) -> Bool {
        let isSafe = [id, name, identity].allSatisfy { Self(of: $0) == nil } && Self(of: address, isFree: true) == nil
        // Where a word's apostrophe would stay, `exact` does no harm.
        return isSafe
            && [id, name, identity, address].allSatisfy { text in
                CleanText.leavesAlone(text) && ExcelQuoting.value(in: text, isName: false) == nil
            }
            && [id, identity].allSatisfy { CleanText.visible($0) == nil }
    }

    private static let truthValues: Set<String> = [
        "TRUE", "FALSE", "WAHR", "FALSCH", "VRAI", "FAUX", "VERDADERO", "VERDADEIRO", "ИСТИНА", "ЛОЖЬ",
    ]

    /// What databases and programs write where there is nothing; `Null` and `Nan` are names.
    private static let nothings: Set<String> = [
        "NULL", "null", "(null)", "<NULL>", "<null>", "NaN", "nan", "undefined",
    ]

    /// `84120477.0`, as programs write a number that they took for a measurement.
    private static func isDecimal(_ value: String) -> Bool {
        value.hasSuffix(".0") && value.utf8.count > 2 && value.utf8.dropLast(2).allSatisfy(isDigit)
    }

    /// `#REF!`, `#BEZUG!`, `#¿NOMBRE?`, `#N/A` and its translations, `#####`, `Err:502`.
    private static func isErrorValue(_ value: String) -> Bool {
        if value.hasPrefix("#") {
            let rest = value.dropFirst()
            if rest.isEmpty { return false }
            if rest.allSatisfy({ $0 == "#" }) || missing.contains(rest.uppercased()) { return true }
            guard rest.last == "!" || rest.last == "?" || rest.first == "¡" || rest.first == "¿" else { return false }
            let word = rest.filter { !"!?¡¿".contains($0) }
            return !word.isEmpty
                && word.allSatisfy { $0.isUppercase || "/0_ ".contains($0) || !$0.isCased && $0.isLetter }
        }
        let parts = value.split(separator: ":").map { $0.filter { $0 != " " } }
        return parts.count == 2 && ["Err", "Fehler", "Erreur", "Error"].contains(parts[0]) && parts[1].count == 3
            && parts[1].allSatisfy(\.isWholeNumber)
    }

    /// What `#N/A` is called, without its `#`.
    private static let missing: Set<String> = [
        "N/A", "NV", "N/D", "N/B", "N/V", "I/T", "Н/Д", "YOK", "SAKNAS", "PUUTTUU", "HIÁNYZIK", "N/DISP",
        "NENÍ_K_DISPOZICI", "GETTING_DATA",
    ]

    /// `1.10101E+17`, with a comma too, and without the sign as some programs write it.
    private static func isExponent(_ value: String) -> Bool {
        let parts = value.split(omittingEmptySubsequences: false) { $0 == "E" || $0 == "e" }
        guard parts.count == 2 else { return false }
        var (mantissa, exponent) = (parts[0], parts[1])
        if mantissa.first == "-" { mantissa = mantissa.dropFirst() }
        let isSigned = exponent.first == "+"
        if isSigned || exponent.first == "-" { exponent = exponent.dropFirst() }
        guard (1...3).contains(exponent.utf8.count), exponent.utf8.allSatisfy(isDigit) else { return false }
        let halves = mantissa.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "," }
        guard (1...2).contains(halves.count), halves.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(isDigit) }) else {
            return false
        }
        // `1E-17` and `12E4` may be somebody's own numbers.
        return halves[0].utf8.count <= 3 && (halves.count == 2 || isSigned)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}

/// The dates that spreadsheets make of codes such as `3-1` and `MAR1`.
private enum DateForm {
    private static let months: Set<String> = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mrz", "mär", "mai", "okt",
        "dez", "janv", "févr", "mars", "avr", "juin", "juil", "août", "sept", "déc", "ene", "abr", "ago", "dic", "gen",
        "mag", "giu", "lug", "set", "ott", "fev", "out", "mrt", "mei",
    ]

    /// `03-Jan`, `Jan-03`, `01. Mrz`, `3月1日`; a code in capitals such as `MAR-01` is none.
    static func matches(_ value: String) -> Bool {
        guard value.utf8.count <= 12, value.first?.isNumber == true || value.first?.isLetter == true else {
            return false
        }
        if value.last == "日" {
            let numbers = value.dropLast().split(separator: "月", omittingEmptySubsequences: false)
            return numbers.count == 2 && numbers.allSatisfy(isDayOrYear)
        }
        let parts = value.split { "-. ".contains($0) }
        guard parts.count == 2, value.contains(where: { "-. ".contains($0) }) else { return false }
        return isDayOrYear(parts[0]) && isMonth(parts[1])
            || isMonth(parts[0]) && isDayOrYear(parts[1]) && parts[1].utf8.count > 1
    }

    private static func isDayOrYear(_ text: Substring) -> Bool {
        [1, 2, 4].contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    private static func isMonth(_ text: Substring) -> Bool {
        months.contains(text.lowercased()) && !text.allSatisfy(\.isUppercase)
    }
}

/// Chinese resident identity numbers (GB 11643): 17 digits, of which eight are a date, and a check character.
private enum ResidentID {
    private static let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

    /// Whether a number has the form of one and ends with 000, where its check character says that it does not.
    static func isRounded(_ value: String) -> Bool {
        let digits = value.utf8.map { Int($0) - 0x30 }
        guard digits.count == 18, digits.allSatisfy({ (0...9).contains($0) }), digits.suffix(3) == [0, 0, 0] else {
            return false
        }
        func number(_ range: Range<Int>) -> Int { digits[range].reduce(0) { $0 * 10 + $1 } }
        guard (1900...2099).contains(number(6..<10)), (1...12).contains(number(10..<12)),
            (1...31).contains(number(12..<14))
        else { return false }
        let sum = zip(digits, weights).reduce(0) { $0 + $1.0 * $1.1 }
        // 0 is the check character of the remainder 1.
        return sum % 11 != 1
    }
}
