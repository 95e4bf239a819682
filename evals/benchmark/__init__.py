"""What DataChat costs on this machine, beside a floor of plain clients measured in the same moments."""
