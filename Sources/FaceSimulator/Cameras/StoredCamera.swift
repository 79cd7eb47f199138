// SPDX-License-Identifier: Apache-2.0

/// A camera as the device keeps it: values by the names of their fields, as texts.
struct StoredCamera: Sendable {
    var channel: Int
    var kind: CameraKind
    var values: [String: String]

    /// The libraries that it looks for.
    var libraryIDs: [Int] { (values["lib_ids"] ?? "").split(separator: ",").compactMap { Int($0) } }

    /// The camera as 516 shows it: in clear, but for what `masked` names (C3).
    func shown(masked: Set<String> = []) -> ReplyValue {
        let fields = CameraField.all.filter { $0.isShown(of: kind) }.map { field -> (String, ReplyValue) in
            let value = values[field.name] ?? ""
            if field.isNumber { return (field.name, .integer(Int(value) ?? 0)) }
            return (field.name, .text(masked.contains(field.name) && !value.isEmpty ? "******" : value))
        }
        return .object([("channel", .integer(channel))] + fields)
    }
}
