// SPDX-License-Identifier: Apache-2.0
internal import TOMLKit

/// A TOML value as far as the configuration needs it.
enum ConfigurationValue: Sendable, Hashable {
    case text(String)
    case number(Int)
    case fraction(Double)
    case table([String: ConfigurationValue])
    /// Anything else, by the name TOML gives it.
    case other(String)

    /// Reads a TOML document.
    ///
    /// - Parameters:
    ///   - text: The document.
    ///   - path: The file's name, for messages.
    /// - Returns: The tables and values at its top.
    /// - Throws: ``CommandError`` with the parser's words and the line.
    static func document(_ text: String, path: String) throws(CommandError) -> [String: ConfigurationValue] {
        do {
            let root = try TOMLTable(string: text)
            // The tables inside are views of the root, which must outlive them.
            return withExtendedLifetime(root) { values(of: root) }
        } catch let error as TOMLParseError {
            throw .failed(
                "\(path):\(error.source.begin.line): this is not TOML: \(error.description); correct the line."
            )
        } catch {
            throw .failed("\(path): this is not TOML: \(error)")
        }
    }

    private static func values(of table: TOMLTable) -> [String: ConfigurationValue] {
        var values: [String: ConfigurationValue] = [:]
        for key in table.keys {
            guard let value = table[key] else { continue }
            values[key] = Self(value)
        }
        return values
    }

    private init(_ value: any TOMLValueConvertible) {
        if let text = value.string {
            self = .text(text)
        } else if let number = value.int {
            self = .number(number)
        } else if let fraction = value.double {
            self = .fraction(fraction)
        } else if let table = value.table {
            self = .table(Self.values(of: table))
        } else {
            self = .other(value.type.description)
        }
    }

    /// The number, whole or not; `nil` for anything else.
    var asNumber: Double? {
        switch self {
        case .number(let number): Double(number)
        case .fraction(let number): number
        default: nil
        }
    }

    /// What kind of value it is, for messages.
    var kind: String {
        switch self {
        case .text: "a text"
        case .number: "a number"
        case .fraction: "a floating-point number"
        case .table: "a table"
        case .other(let kind): "a value of the kind \(kind)"
        }
    }
}
