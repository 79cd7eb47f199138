// SPDX-License-Identifier: Apache-2.0
import FaceModel

extension DeviceRecord {
    /// Reads a record, whatever fields it has (interface K1, K4, A3).
    init(_ value: JSONValue, _ kind: RecordKind) {
        var fields: [Field] = []
        var places: [String: Int] = [:]
        Self.flatten(value, "") { name, text in
            // Of repeated keys the last counts (interface G15).
            if let place = places[name] {
                fields[place].text = text
            } else {
                places[name] = fields.count
                fields.append(Field(name: name, text: text))
            }
        }
        for index in fields.indices {
            guard let text = fields[index].text else { continue }
            if Mask.covers(text) {
                fields[index].text = nil
            } else {
                fields[index].words = RecordWords.words(for: fields[index].name, text, in: kind)
            }
        }
        func text(_ name: String) -> String { places[name].flatMap { fields[$0].text } ?? "" }
        self.init(
            id: kind.idFields.map(text).first { !$0.isEmpty } ?? "",
            imagePath: text("snap_path"),
            matchedImagePath: text("img_path"),
            fields: fields
        )
    }

    private static func flatten(_ value: JSONValue, _ name: String, _ take: (String, String) -> Void) {
        func below(_ part: String) -> String { name.isEmpty ? part : "\(name).\(part)" }
        switch value {
        case .object(let members):
            for member in members { flatten(member.value, below(oneSpelling(of: member.key)), take) }
        case .array(let elements):
            let texts = elements.compactMap(\.text)
            if texts.count == elements.count { return take(name, texts.joined(separator: ",")) }
            for (index, element) in elements.enumerated() { flatten(element, below(String(index + 1)), take) }
        case .null, .bool, .number, .string: take(name, value.text ?? "")
        }
    }

    /// The interface spells one field in two ways (K1): both are one column.
    private static func oneSpelling(of key: String) -> String {
        key == "wander_thresHold" ? "wander_threshold" : key
    }
}
