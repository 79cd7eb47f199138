// SPDX-License-Identifier: Apache-2.0

/// What must not be shown, by the names the appliance gives it.
enum Redaction {
    /// What stands in place of a secret.
    static let dots = "••••"

    private static let secrets: Set<String> = [
        "key", "https_key", "verify_code", "session", "session_id", "sessionid", "passphrase", "secret",
    ]
    private static let personal: Set<String> = [
        "identity", "person_idcard", "person_id", "idcard", "id_card", "address", "person_address", "person_addr",
    ]
    private static let names: Set<String> = ["name", "person_name", "person"]

    /// Whether a key holds a password, a session, a code or a private key (interface, bulk rule 15).
    static func isSecret(_ key: String) -> Bool {
        let key = key.lowercased()
        if key == "mod_passwd_flag" { return false }
        return secrets.contains(key) || ["passw", "pwd"].contains { key.contains($0) }
    }

    /// Whether a key holds an identity code or an address.
    static func isPersonal(_ key: String) -> Bool { personal.contains(key.lowercased()) }

    /// Whether a key holds a person's name.
    static func isName(_ key: String) -> Bool { names.contains(key.lowercased()) }

    /// A text without the user and password that URLs in it hold (`rtsp://user:password@host`).
    static func withoutCredentials(_ text: String) -> String {
        var shown = ""
        var rest = text[...]
        while let start = rest.firstRange(of: "://") {
            shown += rest[..<start.upperBound]
            rest = rest[start.upperBound...]
            let authority = rest.prefix { !"/?# \t\n\"".contains($0) }
            guard let at = authority.lastIndex(of: "@") else { continue }
            shown += dots
            rest = rest[at...]
        }
        return shown + rest
    }

    /// A device's reply without its secrets.
    ///
    /// - Parameters:
    ///   - reply: The reply as the device gave it.
    ///   - message: The message it answers; in some replies `data` itself is the secret.
    /// - Returns: The reply with dots in place of secrets.
    static func withoutSecrets(_ reply: JSONValue, of message: Int) -> JSONValue {
        // 257 answers with the session id itself, 1322 with the code itself.
        hidden(reply, isSecret: { isSecret($0) || ($0 == "data" && (message == 257 || message == 1322)) })
    }

    private static func hidden(_ value: JSONValue, isSecret: (String) -> Bool) -> JSONValue {
        switch value {
        case .object(let members):
            .object(
                members.map { member in
                    var member = member
                    member.value =
                        isSecret(member.key)
                        ? covered(member.value, isSecret) : hidden(member.value, isSecret: isSecret)
                    return member
                }
            )
        case .array(let values): .array(values.map { hidden($0, isSecret: isSecret) })
        case .string(let text): .string(withoutCredentials(text))
        case .null, .bool, .number: value
        }
    }

    private static func covered(_ value: JSONValue, _ isSecret: (String) -> Bool) -> JSONValue {
        switch value {
        case .object, .array: hidden(value, isSecret: isSecret)
        case .null, .string(""): value
        case .bool, .number, .string: .string(dots)
        }
    }
}
