// SPDX-License-Identifier: Apache-2.0

/// The timer of systemd that starts the service of the same name.
struct TimerUnit: Sendable {
    /// What is run, for people, such as `backup create`.
    let title: String
    /// When, as `OnCalendar=` takes it.
    let calendar: String

    /// The unit's text.
    ///
    /// A run that the machine slept through is made up for (`Persistent=`); the delay keeps many machines from coming
    /// to the same device in the same second.
    var text: String {
        """
        # Made by facelib backup schedule.
        [Unit]
        Description=When to run \(UnitText.line("facelib \(title)"))

        [Timer]
        OnCalendar=\(calendar)
        RandomizedDelaySec=15min
        Persistent=true

        [Install]
        WantedBy=timers.target

        """
    }

    /// Whether a text can be a calendar expression, which goes into a unit as it is; whether it is one, ``CalendarCheck`` says.
    static func mayBeCalendar(_ text: String) -> Bool {
        text.contains { $0.isLetter || $0.isNumber }
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "*:.,~/-+_ ".contains($0)) }
    }
}
