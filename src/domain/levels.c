#include "domain/levels.h"

const struct level_name sex_names[SEX_N] = {
    [SEX_UNKNOWN] = {"", N_("Ikke oppgitt")},
    [SEX_WOMAN] = {"female", N_("Kvinne")},
    [SEX_MAN] = {"male", N_("Mann")},
    [SEX_OTHER] = {"other", N_("Annet")},
};

const struct level_name education_level_names[EDU_N] = {
    [EDU_UNKNOWN] = {"", N_("Ikke oppgitt")},
    [EDU_NONE] = {"none", N_("Ikke fullført videregående")},
    [EDU_UPPER_SECONDARY] = {"upper_secondary", N_("Videregående")},
    [EDU_SOME_HIGHER] = {"some_higher", N_("Minst ett år høyere utdanning")},
    [EDU_BACHELOR] = {"bachelor", N_("Bachelorgrad")},
    [EDU_MASTER] = {"master", N_("Mastergrad")},
    [EDU_PHD] = {"phd", N_("Doktorgrad")},
};

const struct level_name recognition_names[REC_N] = {
    [REC_UNKNOWN] = {"", N_("Ikke oppgitt")},
    [REC_NOT_ASSESSED] = {"not_assessed", N_("Ikke vurdert")},
    [REC_NOT_RELEVANT] = {"not_relevant", N_("Ikke aktuelt")},
    [REC_PREPARING] = {"preparing", N_("Forbereder søknad")},
    [REC_APPLIED] = {"applied", N_("Søkt")},
    [REC_MISSING_DOCUMENTS] = {"missing_documents", N_("Mangler dokumenter")},
    [REC_VERIFYING] = {"verifying", N_("Dokumentene kontrolleres")},
    [REC_UVD_REFERRED] = {"uvd_referred", N_("Henvist til UVD-ordningen")},
    [REC_UVD_INTERVIEW] = {"uvd_interview", N_("UVD: intervju")},
    [REC_UVD_EXPERTS] = {"uvd_experts", N_("UVD: faglig vurdering")},
    [REC_ASSESSMENT_REFERRED] = {"assessment_referred", N_("Henvist til kvalifikasjonsvurdering")},
    [REC_RECOGNISED] = {"recognised", N_("Godkjent")},
    [REC_PARTLY] = {"partly", N_("Delvis godkjent")},
    [REC_REFUSED] = {"refused", N_("Avslag")},
    [REC_COMPLAINT] = {"complaint", N_("Klage sendt")},
    [REC_ASSESSMENT_GIVEN] = {"assessment_given", N_("Kvalifikasjonsvurdering gitt")},
};

const struct level_name cefr_names[CEFR_N] = {
    [CEFR_UNKNOWN] = {"", N_("Ikke oppgitt")},
    [CEFR_A1] = {"A1", "A1"},
    [CEFR_A2] = {"A2", "A2"},
    [CEFR_B1] = {"B1", "B1"},
    [CEFR_B2] = {"B2", "B2"},
    [CEFR_C1] = {"C1", "C1"},
    [CEFR_C2] = {"C2", "C2"},
};

const struct level_name address_block_names[BLOCK_N] = {
    [BLOCK_NONE] = {"", N_("Ingen")},
    [BLOCK_CONFIDENTIAL] = {"confidential", N_("Fortrolig adresse")},
    [BLOCK_STRICT] = {"strict", N_("Strengt fortrolig adresse")},
};

bool level_of(const struct level_name *names, size_t n, struct str code, int *out)
{
    for (size_t i = 0; i < n; i++)
        if (str_is(code, names[i].code)) {
            *out = (int)i;
            return true;
        }
    return false;
}
