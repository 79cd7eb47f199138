// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// Whose manager runs a unit: the system's, or that of one user.
struct UnitScope: Sendable, Hashable {
    /// Whether it is a user's own manager.
    let isUser: Bool
    /// Where its units stand.
    let folder: String
    /// The user that the system's manager runs the unit as; `nil` for root, and for a user's own manager.
    let user: String?

    /// The system's manager.
    ///
    /// - Throws: ``CommandError`` when this user has no name.
    static func system() throws(CommandError) -> Self {
        Self(isUser: false, folder: "/etc/systemd/system", user: geteuid() == 0 ? nil : try userName())
    }

    /// The manager of this user.
    ///
    /// - Parameter configuration: The user's folder for configurations.
    /// - Returns: The manager.
    static func user(configuration: String) -> Self {
        Self(isUser: true, folder: configuration + "/systemd/user", user: nil)
    }

    /// What a person types to have a timer work and to try its service.
    func steps(for name: String) -> [String] {
        let systemctl = isUser ? "systemctl --user" : "systemctl"
        return [
            "\(systemctl) daemon-reload", "\(systemctl) enable --now \(name).timer",
            "\(systemctl) start \(name).service",
        ] + (isUser ? ["loginctl enable-linger"] : [])
    }

    private static func userName() throws(CommandError) -> String {
        guard let entry = unsafe getpwuid(geteuid()), let name = unsafe entry.pointee.pw_name else {
            throw .failed("The user \(geteuid()) has no name for the service to run as; give it one.")
        }
        return unsafe String(cString: name)
    }
}
