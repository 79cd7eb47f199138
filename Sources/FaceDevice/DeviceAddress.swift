// SPDX-License-Identifier: Apache-2.0

/// Where a device is: scheme, host and port, and nothing else.
struct DeviceAddress: Sendable, Hashable {
    /// `https://10.5.2.81` or `http://127.0.0.1:8080`, without a slash at the end.
    let base: String
    /// Whether the connection is encrypted.
    var isEncrypted: Bool { base.hasPrefix("https:") }
    /// The host without its port; an IPv6 address without its brackets.
    var host: String {
        let name = authority.prefix(upTo: authority.lastIndex(of: ":") ?? authority.endIndex)
        return name.hasPrefix("[") ? String(name.dropFirst().dropLast()) : String(name)
    }
    /// Host and port, lower case, the port always there.
    private let authority: String

    /// Reads an address.
    ///
    /// - Parameters:
    ///   - url: What the configuration says.
    ///   - device: The device's name, for the message.
    /// - Throws: ``DeviceError`` with ``DeviceError/Code/unreachable`` for anything but scheme, host and port.
    init(_ url: String, device: String) throws(DeviceError) {
        let text = url.hasSuffix("/") ? String(url.dropLast()) : url
        guard let (scheme, authority, path) = Self.parts(of: text), path.isEmpty,
            !authority.contains(where: { "@?#\\ ".contains($0) })
        else {
            throw DeviceError(
                .unreachable,
                "the url of device \(device) is not scheme, host and optional port, such as https://10.5.2.81: \(url)"
            )
        }
        base = "\(scheme)://\(authority)"
        self.authority = Self.withPort(authority, scheme)
    }

    /// The path behind a path or URL that a reply named (interface E1).
    ///
    /// - Parameter named: A relative path, one with a leading slash, or a whole URL.
    /// - Returns: The path without a leading slash, escaped for a request; `nil` for another host, a step
    ///   upwards or nothing at all.
    func path(named: String) -> String? {
        var path = named
        if let (scheme, authority, rest) = Self.parts(of: named) {
            guard Self.withPort(authority, scheme) == self.authority else { return nil }
            path = rest
        }
        while path.hasPrefix("/") { path.removeFirst() }
        let steps = path.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "\\" }
        guard !path.isEmpty, !steps.contains("..") else { return nil }
        return Self.escaped(path)
    }

    /// Scheme, host and port of a URL that a server named, without user, path and what else it may hold.
    ///
    /// - Parameter url: An absolute URL.
    /// - Returns: Such as `https://10.5.2.81`; `nil` for a relative one and for a host that is none.
    static func base(of url: String) -> String? {
        guard let (scheme, authority, _) = parts(of: url) else { return nil }
        let host = authority.prefix { !"?#\\".contains($0) }.split(separator: "@").last ?? ""
        let isPlain =
            host.utf8.count <= 255
            && host.allSatisfy {
                $0.isASCII && ($0.isLetter || $0.isNumber || ".-:[]".contains($0))
            }
        return isPlain && !host.isEmpty ? "\(scheme)://\(host)" : nil
    }

    private static func parts(of url: String) -> (scheme: String, authority: String, path: String)? {
        for scheme in ["https", "http"] where url.lowercased().hasPrefix("\(scheme)://") {
            let rest = url.dropFirst(scheme.count + 3)
            let end = rest.firstIndex(of: "/") ?? rest.endIndex
            guard end > rest.startIndex else { return nil }
            return (scheme, rest[..<end].lowercased(), String(rest[end...]))
        }
        return nil
    }

    private static func withPort(_ authority: String, _ scheme: String) -> String {
        // An IPv6 address stands in brackets and has colons of its own.
        let host = authority.lastIndex(of: "]").map { authority[$0...] } ?? authority[...]
        return host.contains(":") ? authority : "\(authority):\(scheme == "https" ? 443 : 80)"
    }

    private static func escaped(_ path: String) -> String {
        var result = ""
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"), UInt8(ascii: "/"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let hex = String(byte, radix: 16, uppercase: true)
                result += byte < 0x10 ? "%0\(hex)" : "%\(hex)"
            }
        }
        return result
    }
}
