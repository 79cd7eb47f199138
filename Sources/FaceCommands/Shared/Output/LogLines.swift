// SPDX-License-Identifier: Apache-2.0
internal import Logging

/// Writes log lines to standard error, without what must never stand in a log (design rule 8).
struct LogLines: LogHandler {
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    let console: Console
    let showsNames: Bool

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var all = metadata.merging(metadataProvider?.get() ?? [:]) { $1 }
        all.merge(event.metadata ?? [:]) { $1 }
        let details = all.sorted { $0.key < $1.key }.map { " \($0.key)=\(shown($0.value, for: $0.key))" }
        let cause = event.error.map { ": \($0)" } ?? ""
        console.say("\(event.level): \(event.message)\(cause)\(details.joined())")
    }

    private func shown(_ value: Logger.Metadata.Value, for key: String) -> String {
        if Redaction.isSecret(key) || Redaction.isPersonal(key) { return Redaction.dots }
        if Redaction.isName(key) && !showsNames { return Redaction.dots }
        switch value {
        case .dictionary(let inner):
            let members = inner.sorted { $0.key < $1.key }.map { "\($0.key)=\(shown($0.value, for: $0.key))" }
            return "{" + members.joined(separator: " ") + "}"
        case .array(let values): return "[" + values.map { shown($0, for: key) }.joined(separator: " ") + "]"
        default: return Redaction.withoutCredentials("\(value)")
        }
    }
}
