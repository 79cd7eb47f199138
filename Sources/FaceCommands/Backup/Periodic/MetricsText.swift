// SPDX-License-Identifier: Apache-2.0

/// Which library a metric is about.
struct MetricLabels: Sendable, Hashable {
    let device: String
    let library: String
}

/// One value of a metric.
struct MetricSample: Sendable, Hashable {
    let name: String
    let labels: MetricLabels
    /// The number, as it is written.
    let value: String
}

/// The text format of Prometheus, as far as facelib writes it and reads back what it wrote.
enum MetricsText {
    /// The text of a file.
    ///
    /// - Parameters:
    ///   - samples: The values.
    ///   - families: The metrics in their order, with their help; all are gauges.
    /// - Returns: The text; a metric without values is left out.
    static func text(of samples: [MetricSample], families: [(name: String, help: String)]) -> String {
        families.map { family in
            let lines = samples.filter { $0.name == family.name }.map { sample in
                let labels = "device=\(quoted(sample.labels.device)),library=\(quoted(sample.labels.library))"
                return "\(sample.name){\(labels)} \(sample.value)\n"
            }
            guard !lines.isEmpty else { return "" }
            return "# HELP \(family.name) \(family.help)\n# TYPE \(family.name) gauge\n" + lines.joined()
        }
        .joined()
    }

    /// The values in a file; lines that facelib would not have written are passed over.
    static func samples(in text: String) -> [MetricSample] {
        text.split(separator: "\n").compactMap(sample)
    }

    private static func sample(in line: Substring) -> MetricSample? {
        var rest = line
        let name = String(rest.prefix { $0 != "{" })
        guard take("\(name){device=", from: &rest), let device = takeQuoted(from: &rest),
            take(",library=", from: &rest), let library = takeQuoted(from: &rest), take("} ", from: &rest),
            Double(rest) != nil
        else { return nil }
        return MetricSample(name: name, labels: MetricLabels(device: device, library: library), value: String(rest))
    }

    private static func quoted(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar in
            switch scalar {
            case "\\": "\\\\"
            case "\"": "\\\""
            case "\n": "\\n"
            default: String(scalar)
            }
        }
        return "\"" + escaped.joined() + "\""
    }

    private static func take(_ text: String, from rest: inout Substring) -> Bool {
        guard rest.hasPrefix(text) else { return false }
        rest = rest.dropFirst(text.count)
        return true
    }

    /// Takes a quoted text and undoes its escapes; `nil` when it does not end.
    private static func takeQuoted(from rest: inout Substring) -> String? {
        var text = String.UnicodeScalarView()
        var isEscaped = false
        let scalars = rest.unicodeScalars
        guard scalars.first == "\"" else { return nil }
        for index in scalars.indices.dropFirst() {
            let scalar = scalars[index]
            if isEscaped {
                text.append(scalar == "n" ? "\n" : scalar)
                isEscaped = false
            } else if scalar == "\\" {
                isEscaped = true
            } else if scalar == "\"" {
                rest = rest[scalars.index(after: index)...]
                return String(text)
            } else {
                text.append(scalar)
            }
        }
        return nil
    }
}
