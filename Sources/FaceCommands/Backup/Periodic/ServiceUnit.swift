// SPDX-License-Identifier: Apache-2.0

/// The service of systemd that runs a command once.
///
/// `SuccessExitStatus=` is left alone on purpose, so that a partial success (exit status 3) leaves the unit failed: it
/// stands in `systemctl --failed`, and `OnFailure=` and monitoring see it. Were 3 a success, nobody would ever look at
/// the portraits that are missing. That it was no complete failure is said by a warning of its own in the journal,
/// which `ExecStopPost=` writes and `systemctl status` shows. Nothing is tried again by itself: after a refused login
/// that would lock the device, and the next run comes anyway.
struct ServiceUnit: Sendable {
    /// The file of facelib.
    let executable: String
    /// What facelib is given.
    let arguments: [String]
    /// What is run, for people, such as `backup create`.
    let title: String
    /// What of the file system it needs.
    let access: ServiceAccess
    /// Which manager runs it.
    let scope: UnitScope

    /// The unit's text.
    var text: String { (unit + service + confinement).joined(separator: "\n") + "\n" }

    private var unit: [String] {
        ["# Made by facelib backup schedule.", "[Unit]", "Description=\(UnitText.line("facelib \(title)"))"]
            + (scope.isUser
                ? []
                : [
                    "Wants=network-online.target", "After=network-online.target",
                    "RequiresMountsFor=\(paths(access.writable))",
                ])
    }

    private var service: [String] {
        let command = [UnitText.path(executable)] + arguments.map(UnitText.argument)
        let user = scope.user.map { ["User=\($0)"] } ?? []
        return ["", "[Service]", "Type=oneshot"] + user + [
            "ExecStart=\(command.joined(separator: " "))",
            "# A partial success (exit status 3) leaves this unit failed, too; the journal tells the difference.",
            "ExecStopPost=-/bin/sh -c 'if [ \"$$EXIT_STATUS\" = 3 ]; then echo \"<4>\(Self.partial)\"; fi'",
            "UMask=0077", "Nice=10", "IOSchedulingClass=idle", "MemoryMax=2G", "",
        ]
    }

    private static let partial = "Partial success (exit status 3): finished, but not with every portrait; see above."

    private var confinement: [String] {
        // A user's manager can only confine within a user namespace.
        (scope.isUser ? ["PrivateUsers=yes"] : []) + [
            "NoNewPrivileges=yes", "CapabilityBoundingSet=", "AmbientCapabilities=", "ProtectSystem=strict",
            "ProtectHome=\(access.protectHome)", "ReadWritePaths=\(paths(access.writable))",
            "PrivateTmp=\(access.hasPrivateTmp ? "yes" : "no")", "PrivateMounts=yes", "PrivateDevices=yes",
            "DevicePolicy=closed", "ProtectKernelTunables=yes", "ProtectKernelModules=yes", "ProtectKernelLogs=yes",
            "ProtectControlGroups=yes", "ProtectClock=yes", "ProtectHostname=yes", "ProtectProc=invisible",
            "ProcSubset=pid", "RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX", "RestrictNamespaces=yes",
            "LockPersonality=yes", "MemoryDenyWriteExecute=yes", "RestrictRealtime=yes", "RestrictSUIDSGID=yes",
            "RemoveIPC=yes", "KeyringMode=private", "SystemCallArchitectures=native",
            "SystemCallFilter=@system-service", "SystemCallErrorNumber=EPERM",
        ]
    }

    private func paths(_ list: [String]) -> String { list.map(UnitText.path).joined(separator: " ") }
}
