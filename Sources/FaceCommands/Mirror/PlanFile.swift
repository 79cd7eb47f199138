// SPDX-License-Identifier: Apache-2.0
internal import FaceModel
internal import FaceTransfer

/// A mirror's plan as a text file: a JSON object a line, first what was asked for, then each target with its changes,
/// and last how many there are.
///
/// ```
/// {"type":"plan","format":1,"source":"hq:Staff","targets":["b1:Staff"],"directory":"…","settings":{…}}
/// {"type":"target","source":"hq:Staff","target":"b1:Staff","source_state":"…","target_state":"…"}
/// {"type":"change","do":"store","img_id":"E-17","name":"Ann"}
/// {"type":"end","targets":1,"changes":1}
/// ```
enum PlanFile {
    /// What a plan begins with.
    struct Head: Sendable {
        /// The source as it was typed.
        var source: String
        /// The targets as they were typed.
        var targets: [String]
        /// The folder that paths are seen from.
        var directory: String
        /// What was asked for.
        var settings: MirrorSettings

        /// What is to be done to carry out the plan.
        func carriedOut(asWrittenIn path: String) -> Head {
            var head = self
            head.settings.isRehearsal = false
            head.settings.plan = path
            // What was read again for the plan is known now; another share would find what the plan does not say.
            head.settings.rereadShare = 0
            return head
        }
    }

    private static let format = 1

    static func line(_ head: Head) -> String {
        let object: JSONValue = [
            "type": "plan", "format": JSONValue(format), "source": .string(head.source),
            "targets": .array(head.targets.map { .string($0) }), "directory": .string(head.directory),
            "settings": head.settings.json,
        ]
        return object.line
    }

    static func line(_ target: PlannedTarget) -> String {
        let object: JSONValue = [
            "type": "target", "source": .string(target.source), "target": .string(target.target),
            "source_state": .string(target.sourceState), "target_state": .string(target.targetState),
        ]
        return object.line
    }

    static func line(_ change: PlannedChange) -> String {
        let object: JSONValue = [
            "type": "change", "do": .string(change.kind.rawValue), "img_id": .string(change.id.text),
            "name": .string(change.name),
        ]
        return object.line
    }

    static func line(targets: Int, changes: Int) -> String {
        let object: JSONValue = ["type": "end", "targets": JSONValue(targets), "changes": JSONValue(changes)]
        return object.line
    }

    /// A line that was read.
    enum Line {
        case head(Head)
        case target(PlannedTarget)
        case change(PlannedChange)
        case end(targets: Int, changes: Int)
    }

    /// Reads a line, `nil` for one that is none of a plan.
    static func reading(_ text: String) -> Line? {
        guard let object = try? JSONReader.value(in: text) else { return nil }
        func word(_ key: String) -> String? { if case .string(let text) = object[key] { text } else { nil } }
        switch word("type") {
        case "plan":
            guard object["format"]?.integer == format, let source = word("source"), let directory = word("directory"),
                case .array(let targets) = object["targets"], let settings = object["settings"]
            else { return nil }
            let names = targets.compactMap { if case .string(let text) = $0 { text } else { nil } }
            return .head(
                Head(
                    source: source,
                    targets: names,
                    directory: directory,
                    settings: MirrorSettings(reading: settings)
                )
            )
        case "target":
            guard let source = word("source"), let target = word("target"), let mine = word("source_state"),
                let theirs = word("target_state")
            else { return nil }
            return .target(PlannedTarget(source: source, target: target, sourceState: mine, targetState: theirs))
        case "change":
            guard let kind = word("do").flatMap(PlannedChange.Kind.init(rawValue:)), let id = word("img_id") else {
                return nil
            }
            return .change(PlannedChange(kind: kind, id: PortraitID(asListed: id), name: word("name") ?? ""))
        case "end":
            guard let targets = object["targets"]?.integer, let changes = object["changes"]?.integer else { return nil }
            return .end(targets: targets, changes: changes)
        default: return nil
        }
    }
}
